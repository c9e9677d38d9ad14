// What visitors download: nothing of the server's half is in it.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { ROOT } from "../support/binaries.ts";
import { expect, test } from "../support/test.ts";

const SECRET = "everybody-knows-this-secret-of-the-sandbox";

/** Secrets in every spelling, and what only whoever signs tokens or keeps passwords needs. */
const NOT_FOR_VISITORS = [
  SECRET,
  Buffer.from(SECRET).toString("base64").replace(/=+$/, ""),
  Buffer.from(SECRET).toString("hex"),
  "REQIO_SECRET",
  "SigningSecret",
  "jsonwebtoken",
  "hmac",
  "aws_lc",
  "argon2",
  "sqlx",
  "password_hash",
];

test("no file that visitors download holds a secret or what signs with one", async () => {
  const dist = join(ROOT, "dist");
  const names = await readdir(dist);
  expect(names.filter((name) => name.endsWith(".wasm"))).toHaveLength(1);
  for (const name of names) {
    const stored = await readFile(join(dist, name));
    const text = (name.endsWith(".br") ? brotliDecompressSync(stored) : stored).toString("latin1").toLowerCase();
    expect(
      NOT_FOR_VISITORS.filter((needle) => text.includes(needle.toLowerCase())),
      name,
    ).toEqual([]);
  }
});
