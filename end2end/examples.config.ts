// The browser tests of the examples: `npx playwright test --config examples.config.ts`, once they are built.

import { defineConfig } from "@playwright/test";
import config from "./playwright.config.ts";

export default defineConfig({ ...config, testDir: "tests/examples", testIgnore: [] });
