// The tools of a release build, in exactly the versions of package-lock.json: what they write is read here.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const shell = process.platform === "win32";

/** Ends the build, which would otherwise leave what nobody has tried. */
export function stop(why) {
  console.error(`The browser's half is not built: ${why}.`);
  process.exit(1);
}

/** Installs the tools, unless they are there. npm writes its own lockfile last. */
export function install() {
  const [wanted, installed] = ["package-lock.json", "node_modules/.package-lock.json"].map(
    (file) => statSync(join(here, file), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  if (installed >= wanted) return;
  try {
    execFileSync("npm", ["ci", "--no-fund", "--no-audit"], { cwd: here, stdio: "inherit", shell });
  } catch {
    stop("npm could not install its tools");
  }
}

export function run(program, options, more) {
  return execFileSync(join(here, "node_modules/.bin", program), options, { encoding: "utf8", shell, ...more });
}
