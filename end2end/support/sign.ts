// Tokens that a test signs by itself, where it has to say when they were made.

import { createHmac } from "node:crypto";

/** A token for `sub` that a server made so many seconds ago, for the usual 300 seconds. */
export function signedToken(secret: string, sub: string, secondsAgo: number): string {
  const iat = Math.floor(Date.now() / 1_000) - secondsAgo;
  const claims = { sub, aud: "https://reqio.app/p/demo", iat, exp: iat + 300 };
  const parts = [{ alg: "HS256", typ: "JWT" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, createHmac("sha256", secret).update(parts.join(".")).digest("base64url")].join(".");
}
