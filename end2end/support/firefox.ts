// A Firefox as its makers ship it: Playwright drives only one of its own, or a newer one than distributions keep.

import { launch, type Browser } from "puppeteer-core";

/** Found or installed by `cargo xtask test`. */
const executablePath = process.env["FIREFOX_PATH"];

export async function launchFirefox(): Promise<Browser> {
  if (!executablePath) throw new Error("FIREFOX_PATH does not say where Firefox is; `cargo xtask test end2end` finds it");
  return launch({ browser: "firefox", executablePath, headless: true });
}
