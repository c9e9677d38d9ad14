// Leaves a brotli and a gzip copy beside every file that gets smaller by it. The compressors are Node's own, since Node
// is needed anyway.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const brotli = (raw) =>
  brotliCompressSync(raw, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      // The largest window of RFC 7932, so every browser has it.
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
    },
  });
const gzip = (raw) => gzipSync(raw, { level: constants.Z_BEST_COMPRESSION });

/** Every file in a directory and below it, by its path. */
export const filesIn = (directory) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

export function compress(directory) {
  for (const file of filesIn(directory)) {
    const raw = readFileSync(file);
    for (const [ending, copy] of [["br", brotli(raw)], ["gz", gzip(raw)]]) {
      if (copy.length < raw.length) writeFileSync(`${file}.${ending}`, copy);
    }
  }
}
