// Takes out of the browser's half what only the tools between it and its source needed. wasm-bindgen gives each import
// a name with 16 random digits, which no compressor can shorten and which both files carry; and it exports classes of
// libraries that this page never calls, which keeps them alive. Here that is a tenth of what a visitor downloads.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [directory] = process.argv.slice(2);
const wasmName = readdirSync(directory).find((file) => file.endsWith("_bg.wasm"));
const wasm = join(directory, wasmName);
const scriptName = wasmName.replace("_bg.wasm", ".js");
const script = join(directory, scriptName);

const run = (program, options, more) =>
  execFileSync(program, options, { encoding: "utf8", shell: process.platform === "win32", ...more });

// What Rust's compiler uses of WebAssembly, as trunk has to tell it, too.
const features = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int",
  "reference-types", "sign-ext"].map((feature) => `--enable-${feature}`);
const wasmOpt = (...options) => run("wasm-opt", [wasm, "-o", wasm, ...features, ...options]);

// Nobody disposes of a class by `using`, nor is making a registry for it a reason to keep the class.
const unused = ["--define:Symbol.dispose=undefined", "--pure:FinalizationRegistry"];
/** The script with everything left out that starting the page does not reach. */
const bundle = (...options) =>
  run("esbuild", ["--bundle", "--format=esm", "--log-level=warning", ...unused, ...options], {
    input: `export { default } from "./${scriptName}";`,
    cwd: directory,
  });

const reached = bundle();
const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(wasm))).map(({ name }) => name);
const unreached = exported.filter((name) => !reached.includes(name));
wasmOpt(...unreached.map((name) => `--remove-exports=${name}`), "-Oz", "--converge");

// Panic messages name the source files of libraries, which tells no visitor anything.
const source = /(?:\/rustc\/[0-9a-f]{40}|index\.[\w.-]+-[0-9a-f]{16})\/[\w.\/-]+?\.rs/g;
const silent = readFileSync(wasm, "latin1").replace(source, (path) => " ".repeat(path.length));
writeFileSync(wasm, silent, "latin1");

// wasm-opt says which names it chose, and esbuild gives the script the same ones.
const { imports, exports } = JSON.parse(wasmOpt("--minify-imports-and-exports-and-modules"));
const [[module]] = imports;
const chosen = { [module]: "a", ...Object.fromEntries([...imports.map((one) => one.slice(1)), ...exports]) };
const renamed = Object.keys(chosen).map((name) => name.replaceAll(/[./$]/g, "\\$&")).join("|");
const work = mkdtempSync(join(tmpdir(), "shorten-"));
writeFileSync(join(work, "names.json"), JSON.stringify(chosen));
const names = [`--mangle-props=^(${renamed})$`, "--mangle-quoted", `--mangle-cache=${join(work, "names.json")}`];
writeFileSync(script, bundle("--minify", ...names));
rmSync(work, { recursive: true });

for (const sheet of readdirSync(directory).filter((file) => file.endsWith(".css"))) {
  const path = join(directory, sheet);
  run("esbuild", ["--minify", path, "--allow-overwrite", `--outfile=${path}`, "--log-level=warning"]);
}

// Browsers keep both for ever under their names: what has changed needs new ones, and one for both, as they match.
const [crate] = wasmName.split("-");
const hash = createHash("sha256").update(readFileSync(script)).update(readFileSync(wasm)).digest("hex").slice(0, 16);
const page = join(directory, "index.html");
const links = readFileSync(page, "utf8");
writeFileSync(page, links.replaceAll(wasmName, `${crate}-${hash}_bg.wasm`).replaceAll(scriptName, `${crate}-${hash}.js`));
renameSync(wasm, join(directory, `${crate}-${hash}_bg.wasm`));
renameSync(script, join(directory, `${crate}-${hash}.js`));
