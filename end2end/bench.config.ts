// Measures the release build on this machine: `cargo xtask bench`. The machine should do nothing else meanwhile.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

export default defineConfig({
  ...tests,
  testDir: "bench",
  testMatch: "*.bench.ts",
  workers: 1,
  timeout: 15 * 60_000,
  use: { ...tests.use, trace: "off" },
  reporter: [["list"], ["./bench/reporter.ts"]],
});
