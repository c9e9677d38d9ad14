// The page as another build would have it: what `dist/` holds, with another title and under other names.

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "./binaries.ts";

export const TITLE = "Another build";

/** The hash of its content that Trunk puts into a file's name, without the zeros that it may begin with. */
const HASH = /(?<=-)[0-9a-f]{12,16}(?=[._])/g;

/** Writes it into `folder`. Copies in a content coding are left out: nobody has to be sent one. */
export async function writeAnotherBuild(folder: string): Promise<void> {
  const dist = join(ROOT, "dist");
  await mkdir(folder);
  for (const name of (await readdir(dist)).filter((file) => !/\.(br|gz)$/.test(file))) {
    const content = await readFile(join(dist, name));
    await writeFile(join(folder, renamed(name)), name.endsWith(".wasm") ? content : renamed(content.toString()));
  }
}

function renamed(text: string): string {
  const backwards = (hash: string) => [...hash].reverse().join("");
  return text.replace(HASH, backwards).replace(/(?<=<title>)[^<]*/, TITLE);
}
