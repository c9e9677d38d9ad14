// The tools of a release build. What they write is read here, so no other version will do.
import { execFileSync } from "node:child_process";
import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

const WANTED = { "wasm-opt": "132", esbuild: "0.28.2" };

// Where `cargo xtask` installs them, then wherever they are.
const installed = fileURLToPath(new URL("../../target/tools/node_modules/.bin", import.meta.url));
const PATH = [installed, process.env.PATH].join(delimiter);

/** Ends the build, which would otherwise leave what nobody has tried. */
export function stop(why) {
  console.error(`The browser's half is not shortened: ${why}.`);
  process.exit(1);
}

export function run(program, options, more) {
  const shell = process.platform === "win32";
  return execFileSync(program, options, { encoding: "utf8", env: { ...process.env, PATH }, shell, ...more });
}

export function checkVersions() {
  for (const [program, wanted] of Object.entries(WANTED)) {
    let version;
    try {
      [version] = run(program, ["--version"]).match(/[\d.]+/);
    } catch {
      stop(`there is no ${program}, and \`cargo xtask build\` installs ${wanted}`);
    }
    if (version !== wanted) stop(`${program} is ${version}, and \`cargo xtask build\` installs ${wanted}`);
  }
}
