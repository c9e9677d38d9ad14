// What Trunk runs when it has built the page: of a release build every byte is sent to every visitor, so it is made
// smaller. One hook, since Trunk starts those of a stage all at once.
import { cached } from "./cache.mjs";
import { weigh } from "./budget.mjs";
import { compress } from "./compress.mjs";
import { shorten } from "./shorten.mjs";
import { install, stop } from "./tools.mjs";

const { TRUNK_STAGING_DIR: directory, TRUNK_PROFILE } = process.env;
if (TRUNK_PROFILE === "release") {
  install();
  cached(directory, () => {
    shorten(directory);
    compress(directory);
  });
  const { table, problem } = weigh(directory);
  console.log(`\n${table}`);
  if (problem) stop(problem);
}
