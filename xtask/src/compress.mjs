// Leaves a brotli copy beside every file of a directory that gets smaller by it. The compressor is Node's own, since
// Node is needed anyway and a Rust one would make this task slow to compile.
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [directory] = process.argv.slice(2);
const files = readdirSync(directory, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

files.filter((file) => file.endsWith(".br")).forEach((copy) => rmSync(copy));

for (const file of files.filter((file) => !file.endsWith(".br"))) {
  const raw = readFileSync(file);
  const compressed = brotliCompressSync(raw, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      // The largest window of RFC 7932, so every browser has it.
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  });
  if (compressed.length < raw.length) writeFileSync(`${file}.br`, compressed);
}
