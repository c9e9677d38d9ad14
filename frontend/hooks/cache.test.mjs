// Only the very same page is taken from the cache. Run by `node --test`.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { cached } from "./cache.mjs";

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

function workshop(context) {
  const folder = mkdtempSync(join(tmpdir(), "cache-"));
  context.after(() => rmSync(folder, { recursive: true }));
  let made = 0;
  /** Lays a page, makes something of it, and tells how often that was done so far. */
  return (files) => {
    const directory = join(folder, "page");
    rmSync(directory, { recursive: true, force: true });
    mkdirSync(directory);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
    const shorten = (there) => {
      made += 1;
      for (const name of readdirSync(there)) {
        writeFileSync(join(there, `${name}.short`), `${made}`);
        utimesSync(join(there, `${name}.short`), LONG_AGO, LONG_AGO);
      }
    };
    cached(directory, shorten, join(folder, "cache"));
    const short = join(directory, "a.short");
    return { made, files: readdirSync(directory), content: readFileSync(short, "utf8"), time: statSync(short).mtime };
  };
}

test("the same page is made once, and its files keep their times", (context) => {
  const make = workshop(context);
  const first = make({ a: "page", b: "more" });
  assert.deepEqual(first.files, ["a", "a.short", "b", "b.short"]);
  assert.deepEqual(make({ a: "page", b: "more" }), first);
});

test("another content, another name and another file are another page", (context) => {
  const make = workshop(context);
  const pages = [{ a: "page" }, { a: "pages" }, { a: "page", c: "" }, { a: "page", d: "" }, { a: "pag", e: "e" }];
  assert.deepEqual(pages.map((page) => make(page).made), [1, 2, 3, 4, 5]);
});
