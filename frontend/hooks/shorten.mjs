// Takes out of the browser's half what only the tools between it and its source needed. wasm-bindgen gives each import
// a name with 16 random digits, which no compressor can shorten and which both files carry; and it exports classes of
// libraries that this page never calls, which keeps them alive. Here that is a tenth of what a visitor downloads.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, stop } from "./tools.mjs";

// What Rust's compiler uses of WebAssembly, as trunk has to tell it, too.
const FEATURES = ["bulk-memory", "bulk-memory-opt", "multivalue", "mutable-globals", "nontrapping-float-to-int",
  "reference-types", "sign-ext"].map((feature) => `--enable-${feature}`);

// Nobody disposes of a class by `using`, nor is making a registry for it a reason to keep the class.
const UNUSED = ["--define:Symbol.dispose=undefined", "--pure:FinalizationRegistry"];

// Panic messages name the source files of libraries by their place on this machine, which is nobody's business.
const LIBRARIES = String.raw`[\w/\\:. -]*[/\\]registry[/\\]src[/\\]index\.[\w.-]+-[0-9a-f]{16}`;
const SOURCE = new RegExp(String.raw`(?:/rustc/[0-9a-f]{40}|${LIBRARIES})[/\\][\w./\\-]+?\.rs`, "g");

export function shorten(directory) {
  const wasmName = readdirSync(directory).find((file) => file.endsWith("_bg.wasm")) ?? stop("there is no WebAssembly");
  const scriptName = wasmName.replace("_bg.wasm", ".js");
  const [wasm, script] = [wasmName, scriptName].map((name) => join(directory, name));
  const wasmOpt = (...options) => run("wasm-opt", [wasm, "-o", wasm, ...FEATURES, ...options]);
  /** The script with everything left out that starting the page does not reach. */
  const bundle = (...options) =>
    run("esbuild", ["--bundle", "--format=esm", "--log-level=warning", ...UNUSED, ...options], {
      input: `export { default } from "./${scriptName}";`,
      cwd: directory,
    });

  const reached = bundle();
  const exported = WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(wasm))).map(({ name }) => name);
  const unreached = exported.filter((name) => !reached.includes(name));
  wasmOpt(...unreached.map((name) => `--remove-exports=${name}`), "--strip-producers", "--strip-target-features", "-Oz", "--converge");
  writeFileSync(wasm, readFileSync(wasm, "latin1").replace(SOURCE, ({ length }) => " ".repeat(length)), "latin1");

  // wasm-opt says which names it chose, and esbuild gives the script the same ones.
  const { imports, exports } = JSON.parse(wasmOpt("--minify-imports-and-exports-and-modules", "-Oz"));
  const modules = new Set(imports?.map(([module]) => module));
  if (modules.size !== 1 || !exports?.length) stop("wasm-opt did not say what it named");
  const named = Object.fromEntries([...imports.map(([, ...names]) => names), ...exports]);
  const chosen = { [[...modules][0]]: "a", ...named };
  writeFileSync(script, bundle("--minify", ...renaming(chosen)));

  for (const sheet of readdirSync(directory).filter((file) => file.endsWith(".css"))) {
    const path = join(directory, sheet);
    run("esbuild", ["--minify", path, "--allow-overwrite", `--outfile=${path}`, "--log-level=warning"]);
  }
  rename(directory, wasmName, scriptName);
}

/** The options by which esbuild renames what is read from, and given to, the WebAssembly. */
function renaming(chosen) {
  const names = Object.keys(chosen).map((name) => name.replaceAll(/[./$]/g, "\\$&"));
  const work = mkdtempSync(join(tmpdir(), "shorten-"));
  process.on("exit", () => rmSync(work, { recursive: true }));
  const cache = join(work, "names.json");
  writeFileSync(cache, JSON.stringify(chosen));
  return [`--mangle-props=^(${names.join("|")})$`, "--mangle-quoted", `--mangle-cache=${cache}`];
}

/** Browsers keep both for ever under their names: what has changed needs new ones, and one for both, as they match. */
function rename(directory, wasmName, scriptName) {
  const hash = createHash("sha256");
  for (const name of [scriptName, wasmName]) hash.update(readFileSync(join(directory, name)));
  const stem = `${wasmName.split("-")[0]}-${hash.digest("hex").slice(0, 16)}`;
  const page = join(directory, "index.html");
  const links = readFileSync(page, "utf8");
  writeFileSync(page, links.replaceAll(wasmName, `${stem}_bg.wasm`).replaceAll(scriptName, `${stem}.js`));
  renameSync(join(directory, wasmName), join(directory, `${stem}_bg.wasm`));
  renameSync(join(directory, scriptName), join(directory, `${stem}.js`));
}
