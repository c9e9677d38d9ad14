// Verifies tokens as a receiver with jsonwebtoken would: prints what the first says, and how many of the others are
// refused.
import { readFileSync } from "node:fs";
import jwt from "jsonwebtoken";

const { SECRET, AUDIENCE } = process.env;

function verify(token) {
  return jwt.verify(token, SECRET, { algorithms: ["HS256"], audience: AUDIENCE, complete: true });
}

function isRefused(token) {
  try {
    verify(token);
    return false;
  } catch (error) {
    // A header that is no JSON any more leaves as the error of the parser.
    if (error instanceof jwt.JsonWebTokenError || error instanceof SyntaxError) return true;
    throw error;
  }
}

const [token, ...changed] = JSON.parse(readFileSync(0, "utf8"));
const { header, payload } = verify(token);
console.log(JSON.stringify([header, payload, changed.filter(isRefused).length]));
