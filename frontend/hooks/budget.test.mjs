// The budget keeps what it promises. Run by `node --test`.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { weigh } from "./budget.mjs";

function directory(context, files) {
  const directory = mkdtempSync(join(tmpdir(), "budget-"));
  context.after(() => rmSync(directory, { recursive: true }));
  mkdirSync(join(directory, "assets"));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(directory, name), "x".repeat(bytes));
  return directory;
}

test("the table shows every file and sums what is sent", (context) => {
  const files = { "app.wasm": 3000, "app.wasm.br": 500, "app.wasm.gz": 700, "assets/icon.png": 90 };
  const rows = weigh(directory(context, files)).table.split("\n").map((row) => row.split(/\s+/));
  assert.deepEqual(rows[1], ["app.wasm", "3000", "500"]);
  assert.deepEqual(rows[2].slice(1), ["90", "90"]);
  assert.deepEqual(rows[3].slice(0, 3), ["total", "3090", "590"]);
});

test("the budget is kept to the byte", (context) => {
  const load = directory(context, { "app.wasm": 4000, "app.wasm.br": 950, "app.js": 50 });
  assert.equal(weigh(load, 1000).problem, undefined);
  assert.match(weigh(load, 999).problem, /^the first load is 1 bytes over its budget of 999 bytes$/);
});

test("a build that left nothing is not within budget", (context) => {
  assert.match(weigh(directory(context, {})).problem, /no files/);
});
