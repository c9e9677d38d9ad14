// The release page in Chromium, on a processor four times slower and the slow mobile network of Lighthouse.

import type { CDPSession, Page } from "@playwright/test";
import { AppPage } from "../pages/app.page.ts";
import { SCALE } from "../support/customers.ts";
import { recordIdentify } from "../support/identify-recorder.ts";
import { test } from "./demo.ts";
import { figure, median } from "./figures.ts";

const ROUNDS = 5;
const SLOWER = 4;
/** 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

/** What is measured of one load, in milliseconds where nothing else is said. */
interface Load {
  bytes: number;
  requests: number;
  form: number;
  identify: number;
  longTasks: number;
  longestTask: number;
}

/** What the page notes about itself. */
interface Noted {
  form?: number;
  click?: number;
  longTasks: number[];
}

test("the page in a browser", async ({ browser, demo }) => {
  const loads: Record<"cold" | "warm", Load[]> = { cold: [], warm: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ baseURL: demo.url });
    for (const load of ["cold", "warm"] as const) {
      const page = await context.newPage();
      loads[load].push(await measure(page, demo.url));
      await context.clearCookies();
      await page.close();
    }
    await context.close();
  }
  for (const [load, rounds] of Object.entries(loads)) {
    const middle = (what: keyof Load) => median(rounds.map((round) => round[what]));
    figure(`${load}: bytes`, middle("bytes"), "");
    figure(`${load}: requests`, middle("requests"), "");
    figure(`${load}: the form is there`, middle("form"), "ms");
    figure(`${load}: from the click to identify`, middle("identify"), "ms");
    figure(`${load}: tasks over 50 ms`, middle("longTasks"), "");
    figure(`${load}: the longest of them`, middle("longestTask"), "ms");
  }
});

async function measure(page: Page, url: string): Promise<Load> {
  const devtools = await page.context().newCDPSession(page);
  const traffic = await countTraffic(devtools, url);
  await devtools.send("Network.emulateNetworkConditions", NETWORK);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const identified = await recordIdentify(page);
  await page.addInitScript(note);
  const app = new AppPage(page);
  await app.open();
  await app.email.waitFor();
  await page.waitForLoadState("networkidle");
  const { bytes, requests } = traffic();
  await app.signInAs(SCALE);
  await app.state.getByText("identified").waitFor();
  const noted = await page.evaluate(() => (window as unknown as { noted: Noted }).noted);
  return {
    bytes,
    requests,
    form: noted.form ?? Number.NaN,
    identify: (identified()[0]?.at ?? Number.NaN) - (noted.click ?? Number.NaN),
    longTasks: noted.longTasks.length,
    longestTask: Math.max(0, ...noted.longTasks),
  };
}

/** Runs in the page, before anything of its own. */
function note(): void {
  const noted: Noted = { longTasks: [] };
  Object.assign(window, { noted });
  const tasks = new PerformanceObserver((list) => noted.longTasks.push(...list.getEntries().map(({ duration }) => duration)));
  tasks.observe({ type: "longtask", buffered: true });
  const elements = new MutationObserver(() => {
    if (!document.querySelector("input[type=email]")) return;
    noted.form = performance.now();
    elements.disconnect();
  });
  elements.observe(document, { childList: true, subtree: true });
  document.addEventListener("click", () => (noted.click = performance.now()), { capture: true });
}

/** What the page has asked its own server for so far. What the sandbox sends is not what Reqio would. */
async function countTraffic(devtools: CDPSession, origin: string): Promise<() => { bytes: number; requests: number }> {
  const own = new Set<string>();
  let bytes = 0;
  devtools.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.url.startsWith(origin) && !response.fromDiskCache) own.add(requestId);
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (own.has(requestId)) bytes += encodedDataLength;
  });
  await devtools.send("Network.enable");
  return () => ({ bytes, requests: own.size });
}
