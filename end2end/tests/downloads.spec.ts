// What visitors download: nothing of the server's half is in it.

import { readdir, readFile } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
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
    const unpack = name.endsWith(".br") ? brotliDecompressSync : name.endsWith(".gz") ? gunzipSync : Buffer.from;
    const text = unpack(stored).toString("latin1").toLowerCase();
    expect(
      NOT_FOR_VISITORS.filter((needle) => text.includes(needle.toLowerCase())),
      name,
    ).toEqual([]);
  }
});

/** What the server sends of a file to whoever reads this content coding, as it is on the wire. */
async function sent(url: string, coding: string): Promise<Buffer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { "accept-encoding": coding } }, resolve).on("error", reject);
  });
  expect(answer.headers["content-encoding"], url).toBe(coding);
  return buffer(answer);
}

test("what the server sends is what the build compressed and the budget counts", async ({ server }) => {
  const dist = join(ROOT, "dist");
  const names = (await readdir(dist)).filter((name) => !/\.(br|gz)$/.test(name));
  expect(names).toContain("index.html");
  for (const name of names) {
    const url = new URL(name === "index.html" ? "/" : name, server.url).href;
    expect(await sent(url, "br"), name).toEqual(await readFile(join(dist, `${name}.br`)));
    expect(await sent(url, "gzip"), name).toEqual(await readFile(join(dist, `${name}.gz`)));
  }
});
