// Verifies tokens as a receiver with jose would: prints what the first says, and how many of the others are refused.
import { readFileSync } from "node:fs";
import { errors, jwtVerify } from "jose";

const { SECRET, AUDIENCE } = process.env;
const key = new TextEncoder().encode(SECRET);

function verify(token) {
  return jwtVerify(token, key, {
    algorithms: ["HS256"],
    audience: AUDIENCE,
    requiredClaims: ["sub", "aud", "iat", "exp"],
  });
}

async function isRefused(token) {
  try {
    await verify(token);
    return false;
  } catch (error) {
    if (error instanceof errors.JOSEError) return true;
    throw error;
  }
}

const [token, ...changed] = JSON.parse(readFileSync(0, "utf8"));
const { protectedHeader, payload } = await verify(token);
const refused = (await Promise.all(changed.map(isRefused))).filter(Boolean).length;
console.log(JSON.stringify([protectedHeader, payload, refused]));
