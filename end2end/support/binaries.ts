// The programs under test: where Cargo puts them, and never older than what they are built from.

import { existsSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folder with the workspace in it, and `dist/`. */
export const ROOT = resolve(process.env["DEMO_ROOT"] ?? join(import.meta.dirname, "../.."));

/** The path of a program that was built, which must be there and up to date. */
export function binary(profile: "debug" | "release", name: string): string {
  const path = join(resolve(ROOT, process.env["CARGO_TARGET_DIR"] ?? "target"), profile, name);
  if (!existsSync(path)) throw new Error(`there is no ${path}: \`cargo xtask test\` builds it`);
  const built = statSync(path).mtimeMs;
  const newer = sources(path).find((source) => existsSync(source) && statSync(source).mtimeMs > built);
  if (newer !== undefined) throw new Error(`${path} is older than ${newer}: \`cargo xtask test\` builds it anew`);
  return path;
}

/** What Cargo says the program is built from, in a file beside it: `program: source source`. */
function sources(path: string): string[] {
  const [, list = ""] = readFileSync(`${path}.d`, "utf8").split(": ", 2);
  const escaped = list.trim().split(/(?<!\\) /);
  return escaped.map((source) => source.replaceAll("\\ ", " "));
}
