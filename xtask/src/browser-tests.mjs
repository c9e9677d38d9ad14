// Runs the tests of a crate that is made for browsers, in the Chromium of the browser tests: cargo's test runner for
// WebAssembly serves them as a page. Usage: node browser-tests.mjs <package>
import { spawn } from "node:child_process";
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../end2end/package.json", import.meta.url))("@playwright/test");
const LIMIT = 120_000;

const runner = spawn(
  "cargo",
  ["test", "--locked", "--package", process.argv[2], "--test", "web", "--target", "wasm32-unknown-unknown"],
  {
    env: {
      ...process.env,
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
      NO_HEADLESS: "1",
      WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0",
    },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  },
);
const stop = () => {
  try {
    process.kill(-runner.pid);
  } catch {
    // It has ended already.
  }
};
process.on("exit", stop);
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));

const url = await new Promise((resolve, reject) => {
  let said = "";
  runner.stdout.on("data", (text) => {
    said += text;
    const address = said.match(/available at (http:\/\/[\d.:]+)/);
    if (address) resolve(address[1]);
  });
  runner.on("exit", () => reject(new Error(`the tests did not start: ${said}`)));
});

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(url);
const output = page.locator("#output");
await output.getByText(/test result: /).waitFor({ timeout: LIMIT }).catch(() => {});
const text = await output.innerText();
console.log(text);
await browser.close();
process.exit(/test result: ok/.test(text) ? 0 : 1);
