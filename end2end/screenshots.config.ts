// Takes the pictures of the README and of docs/states.md anew: `npx playwright test --config screenshots.config.ts`.

import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

export default defineConfig({ ...tests, testDir: "screenshots" });
