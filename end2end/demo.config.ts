// What a newcomer does first: `npx playwright test --config demo.config.ts`, which builds what is not built yet.

import { defineConfig } from "@playwright/test";
import config from "./playwright.config.ts";

export default defineConfig({ ...config, testDir: "demo", testIgnore: [], timeout: 30 * 60_000 });
