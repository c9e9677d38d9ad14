// Gives every file that holds what it held before the time that it had: a release server, which has the page inside,
// is not compiled anew for the same page.
import { readFileSync, statSync, utimesSync } from "node:fs";
import { join, relative } from "node:path";
import { filesIn } from "./compress.mjs";

export function keepTimes(directory, before) {
  for (const file of filesIn(directory)) {
    const last = join(before, relative(directory, file));
    const known = statSync(last, { throwIfNoEntry: false });
    if (known && readFileSync(last).equals(readFileSync(file))) utimesSync(file, known.atime, known.mtime);
  }
}
