// What a page of `cargo xtask dev` does about the compiler's words, which it looks for beside itself.

import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "@playwright/test";
import { ROOT } from "../support/binaries.ts";

test("what the compiler says is on the page until it is mended, and the next page is loaded", async ({ page }, testInfo) => {
  const dist = testInfo.outputDir;
  const build = async (content: string) => {
    await writeFile(testInfo.outputPath("index.html"), `<html><head></head><body>${content}</body></html>`);
    const env = { ...process.env, TRUNK_STAGING_DIR: dist, TRUNK_PROFILE: "debug" };
    execFileSync("node", [join(ROOT, "frontend/hooks/post-build.mjs")], { env });
  };
  const news = { latest: "1", said: "" };
  // As Trunk serves it: what is not there is answered with the page.
  await page.route("http://localhost:8080/**", async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    const body = `${news.latest}\n${news.said}`;
    if (name === "compiler.js") await route.fulfill({ path: join(dist, name) });
    else if (name === "compiler.txt" && news.latest) await route.fulfill({ body, contentType: "text/plain" });
    else await route.fulfill({ body: await readFile(join(dist, "index.html")), contentType: "text/html" });
  });
  await build("one");
  await page.goto("http://localhost:8080/");
  const words = page.getByRole("alert");
  await expect(page.getByText("one")).toBeVisible();
  await expect(words).toBeHidden();

  news.said = "\x1b[1m\x1b[38;5;9merror[E0308]\x1b[0m: mismatched types\n  let element = <b>1</b>;\n";
  await expect(words).toHaveText("error[E0308]: mismatched types\n  let element = <b>1</b>;\n");
  news.said = "error: another one";
  await expect(words).toHaveText("error: another one");
  news.said = "";
  await expect(words).toBeHidden();
  await expect(page.getByText("one")).toBeVisible();

  await build("two");
  news.latest = "";
  await page.waitForResponse(async (answer) => answer.url().endsWith(".txt") && (await answer.text()).includes("two"));
  await expect(page.getByText("one")).toBeVisible();
  news.latest = "2";
  await expect(page.getByText("two")).toBeVisible();
});
