// How the browser tests run: in one real Chromium, two at a time, and never a second time.

import { defineConfig } from "@playwright/test";
import type { Options } from "./support/options.ts";

/** Chromium refuses its own sandbox to root, and containers have no user namespaces for it. */
const withoutSandbox = process.getuid?.() === 0 || Boolean(process.env["CI"]);
const executablePath = process.env["CHROMIUM_PATH"];

export default defineConfig<Options>({
  testDir: "tests",
  forbidOnly: Boolean(process.env["CI"]),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  reporter: "list",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: "chromium",
    // Snapshots of the page tell enough; filming it costs every test time.
    trace: { mode: "retain-on-failure", screenshots: false },
    actionTimeout: 10_000,
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        // Nothing but the pages under test talks to the network.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--no-first-run",
        ...(withoutSandbox ? ["--no-sandbox"] : []),
      ],
    },
  },
});
