// What Trunk runs when it has built the page: of a release build every byte is sent to every visitor, so it is made
// smaller; another one shows what the compiler says of the next. One hook, since Trunk starts those of a stage all at once.
const { TRUNK_STAGING_DIR: directory, TRUNK_PROFILE } = process.env;
if (TRUNK_PROFILE === "release") {
  const { install, stop } = await import("./tools.mjs");
  const { shorten } = await import("./shorten.mjs");
  const { compress } = await import("./compress.mjs");
  const { cached } = await import("./cache.mjs");
  const { weigh } = await import("./budget.mjs");
  install();
  cached(directory, () => {
    shorten(directory);
    compress(directory);
  });
  const { table, problem } = weigh(directory);
  console.log(`\n${table}`);
  if (problem) stop(problem);
} else {
  const { attach } = await import("./compiler.mjs");
  attach(directory);
}
