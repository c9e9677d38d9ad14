// How Chromium is started.

/** Chromium refuses its own sandbox to root, and containers have no user namespaces for it. */
const withoutSandbox = process.getuid?.() === 0 || Boolean(process.env["CI"]);
const executablePath = process.env["CHROMIUM_PATH"];

export const launchOptions = {
  ...(executablePath && { executablePath }),
  args: [
    // Nothing but the pages under test talks to the network.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-first-run",
    ...(withoutSandbox ? ["--no-sandbox"] : []),
  ],
};
