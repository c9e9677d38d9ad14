// Keeps what was made of the last page: the same one need not be made smaller again. Its files come back with their
// times, so that a release server, which has the page inside, is not compiled anew for it either.
import { createHash } from "node:crypto";
import { cpSync, existsSync, readFileSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { filesIn } from "./compress.mjs";

const HOOKS = fileURLToPath(new URL(".", import.meta.url));
/** Goes with the tools when npm installs others. */
const CACHE = join(HOOKS, "node_modules/.cache/page");

/** Leaves in a directory what `make` makes of it. */
export function cached(directory, make, cache = CACHE) {
  const kept = join(cache, fingerprint(directory));
  if (existsSync(kept)) {
    rmSync(directory, { recursive: true });
    cpSync(kept, directory, { recursive: true, preserveTimestamps: true });
    return;
  }
  make(directory);
  rmSync(cache, { recursive: true, force: true });
  // Under its name only once it is whole.
  cpSync(directory, `${kept}.part`, { recursive: true, preserveTimestamps: true });
  renameSync(`${kept}.part`, kept);
}

/** Of the page as it came from Trunk, and of what makes it smaller. Node's own compressors do a part of that. */
function fingerprint(directory) {
  const hash = createHash("sha256").update(process.version);
  const hooks = readdirSync(HOOKS).filter((file) => file.endsWith(".mjs"));
  for (const path of [...hooks.map((file) => join(HOOKS, file)), ...filesIn(directory)].sort()) {
    const content = readFileSync(path);
    hash.update(`\n${path.startsWith(HOOKS) ? path : relative(directory, path)} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}
