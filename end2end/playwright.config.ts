// How the browser tests run: in one real Chromium, two at a time, and never a second time.

import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/launch-options.ts";
import type { Options } from "./support/options.ts";

export default defineConfig<Options>({
  testDir: "tests",
  // They have a configuration of their own, examples.config.ts, since they need the examples built.
  testIgnore: "examples/**",
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
    launchOptions,
  },
});
