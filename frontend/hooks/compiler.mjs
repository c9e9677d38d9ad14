// Puts into a page for development what shows the compiler's words on it.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export function attach(directory) {
  const page = join(directory, "index.html");
  copyFileSync(new URL("./compiler.js", import.meta.url), join(directory, "compiler.js"));
  const script = '<script type="module" src="/compiler.js"></script>';
  writeFileSync(page, readFileSync(page, "utf8").replace("</head>", `${script}</head>`));
}
