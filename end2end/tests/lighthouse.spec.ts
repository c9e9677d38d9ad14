// What Lighthouse asks of any page: nothing left to do for accessibility and best practices.

import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";
import { expect, test } from "../support/test.ts";

test("Lighthouse gives the page 100 for accessibility and best practices", async ({ server, launchOptions }, testInfo) => {
  // Lighthouse talks to a browser of its own, through a port.
  const port = 29_000 + testInfo.parallelIndex;
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`],
  });
  const result = await lighthouse(server.url, { port, onlyCategories: ["accessibility", "best-practices"] });
  await browser.close();
  const { audits = {}, categories = {} } = result?.lhr ?? {};
  const failed = Object.values(audits).filter(({ score }) => score !== null && score < 1);
  const scores = Object.values(categories).map(({ id, score }) => [id, score]);
  expect(Object.fromEntries(scores), failed.map(({ title }) => title).join(", ")).toEqual({ accessibility: 1, "best-practices": 1 });
});
