import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { keepTimes } from "./unchanged.mjs";

const LONG_AGO = new Date("2020-01-01T00:00:00Z");

test("a file that holds what it held has its time again, and no other has", () => {
  const [before, now] = ["before", "now"].map((name) => mkdtempSync(join(tmpdir(), name)));
  try {
    const files = { same: ["page", "page"], changed: ["page", "more"], new: [undefined, "page"] };
    for (const [name, [held, holds]] of Object.entries(files)) {
      writeFileSync(join(now, name), holds);
      if (held === undefined) continue;
      writeFileSync(join(before, name), held);
      utimesSync(join(before, name), LONG_AGO, LONG_AGO);
    }
    keepTimes(now, before);
    const old = Object.keys(files).filter((name) => statSync(join(now, name)).mtimeMs === LONG_AGO.getTime());
    assert.deepEqual(old, ["same"]);
  } finally {
    for (const folder of [before, now]) rmSync(folder, { recursive: true });
  }
});
