// What Trunk runs when it has built the page: of a release build every byte is sent to every visitor, so it is made
// smaller. One hook, since Trunk starts those of a stage all at once.
const { TRUNK_STAGING_DIR: directory, TRUNK_PROFILE } = process.env;
if (TRUNK_PROFILE === "release") {
  const { shorten } = await import("./shorten.mjs");
  const { compress } = await import("./compress.mjs");
  shorten(directory);
  compress(directory);
}
