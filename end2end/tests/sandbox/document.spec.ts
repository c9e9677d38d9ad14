// The Playwright example in docs/sandbox.md, run as somebody else would run it.

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { launchOptions } from "../../support/launch-options.ts";
import { expect, test } from "../../support/test.ts";

const END2END = join(import.meta.dirname, "../..");

test("the example for Playwright passes against the demo", async ({ server }, testInfo) => {
  const document = await readFile(join(END2END, "../docs/sandbox.md"), "utf8");
  const example = /^```ts\n(.*?)^```/ms.exec(document)?.[1] ?? "";
  // Its results have a place of their own: Playwright empties that folder, and finds no tests in it.
  const outputDir = testInfo.outputPath("results");
  const config = { workers: 1, outputDir, use: { baseURL: server.url, launchOptions } };
  await writeFile(testInfo.outputPath("example.spec.ts"), example);
  await writeFile(testInfo.outputPath("playwright.config.ts"), `export default ${JSON.stringify(config)};\n`);

  // What Playwright tells its own workers must not reach those of the run within.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("TEST_") && !name.startsWith("PW"));
  const run = promisify(execFile)(
    process.execPath,
    [join(END2END, "node_modules/@playwright/test/cli.js"), "test", "--reporter=line"],
    {
      cwd: testInfo.outputDir,
      env: { ...Object.fromEntries(inherited), SANDBOX_URL: server.sandboxUrl },
    },
  );
  const said = await run.then(
    ({ stdout }) => stdout,
    (failed: { stdout: string }) => failed.stdout,
  );
  expect(said).toContain("2 passed");
});
