// The bytes of a first visit, file by file, and the budget that they have to keep.
import { statSync } from "node:fs";
import { relative } from "node:path";
import { filesIn } from "./compress.mjs";

/** What the first load may weigh, in bytes as sent to whoever takes brotli: docs/size.md says why. */
export const BUDGET = 138_000;

const COPY = /\.(br|gz)$/;

/** A table of every file with its sizes, and what is wrong with them. All count: none is there to be loaded later. */
export function weigh(directory, budget = BUDGET) {
  const size = (path) => statSync(path, { throwIfNoEntry: false })?.size;
  const files = filesIn(directory)
    .filter((path) => !COPY.test(path))
    .map((path) => ({ name: relative(directory, path), raw: size(path), brotli: size(`${path}.br`) ?? size(path) }))
    .sort((one, other) => other.brotli - one.brotli);
  const sum = (sizes) => sizes.reduce((all, bytes) => all + bytes, 0);
  const total = { name: "total", raw: sum(files.map(({ raw }) => raw)), brotli: sum(files.map(({ brotli }) => brotli)) };

  const width = Math.max(...[...files, total].map(({ name }) => name.length), "first load".length);
  const row = (name, raw, brotli) => `${name.padEnd(width)}  ${`${raw}`.padStart(9)}  ${`${brotli}`.padStart(9)}`;
  const rows = [...files, total].map(({ name, raw, brotli }) => row(name, raw, brotli));
  const table = [row("first load", "raw", "brotli"), ...rows].join("\n") + `  of ${budget} bytes`;
  const over = total.brotli - budget;
  if (files.length === 0) return { table, problem: "the build left no files" };
  return { table, problem: over > 0 ? `the first load is ${over} bytes over its budget of ${budget} bytes` : undefined };
}
