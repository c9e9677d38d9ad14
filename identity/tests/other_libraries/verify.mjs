// Verifies a token as a receiver with jose would, and prints its header and claims.
import { jwtVerify } from "jose";

const { TOKEN, SECRET, AUDIENCE } = process.env;
const { protectedHeader, payload } = await jwtVerify(TOKEN, new TextEncoder().encode(SECRET), {
  algorithms: ["HS256"],
  audience: AUDIENCE,
  requiredClaims: ["sub", "aud", "iat", "exp"],
});
console.log(JSON.stringify([protectedHeader, payload]));
