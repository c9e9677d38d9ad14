// Identity tokens, read and verified with code that shares nothing with what minted them.

import { createHash, createHmac } from "node:crypto";

export interface Claims {
  sub: string;
  email: string;
  traits: { plan: string; amount: number; interval: string };
  aud: string;
  iat: number;
  exp: number;
}

/** What the token says of itself. */
export function headerOf(token: string): { alg: string } {
  return part(token, 0) as { alg: string };
}

/** What the token says of its user, unverified. */
export function claimsOf(token: string): Claims {
  return part(token, 1) as Claims;
}

/** How the sandbox names a token in its log. */
export function tokenId(token: string): string {
  return createHash("sha256").update(token).digest("hex").slice(0, 8);
}

/** Whether `secret`, as raw bytes, signed the token with HS256. */
export function isSignedWith(secret: string, token: string): boolean {
  const [header, payload, signature] = token.split(".");
  return createHmac("sha256", secret).update(`${header}.${payload}`).digest("base64url") === signature;
}

/** The same token with a signature that cannot be right. */
export function tamperedWith(token: string): string {
  const [header, payload, signature = ""] = token.split(".");
  return [header, payload, `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`].join(".");
}

function part(token: string, number: number): unknown {
  return JSON.parse(Buffer.from(token.split(".")[number] ?? "", "base64url").toString());
}
