// A page that was left comes back from the browser's back/forward cache as it was, unless its widget knew a user.
//
// Playwright starts Chromium with that cache off, so here it is on.

import type { Page } from "@playwright/test";
import { PRO } from "../../support/customers.ts";
import { launchOptions } from "../../support/launch-options.ts";
import { expect, test } from "../../support/test.ts";

test.use({ launchOptions: { ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] } });

/** From now on each document says in its console whether it came from the cache, and every frame's user name. */
async function watch(page: Page): Promise<{ restored: () => number; shown: () => Set<string> }> {
  let restored = 0;
  const shown = new Set<string>();
  await page.exposeFunction("cameFromTheCache", () => (restored += 1));
  await page.exposeFunction("showed", (name: string) => shown.add(name));
  await page.addInitScript(() => {
    const told = window as unknown as { cameFromTheCache(): void; showed(name: string): void };
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted) told.cameFromTheCache();
    });
    const look = () => {
      const name = document.querySelector<HTMLElement>("[data-testid=user-name]");
      if (name?.checkVisibility()) told.showed(name.innerText);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return { restored: () => restored, shown: () => shown };
}

/** As a visitor goes back: Playwright's own way waits for a page to load, and one from the cache does not. */
const goBack = (page: Page, to: string | RegExp) =>
  Promise.all([page.waitForURL(to, { waitUntil: "commit" }), page.evaluate(() => history.back())]);

test("a page without a user is kept in the cache, as it should be", async ({ app, server }) => {
  const { restored } = await watch(app.page);
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await app.page.goto(`${server.sandboxUrl}/p/demo`);
  await goBack(app.page, `${server.url}/`);
  await expect(app.state).toHaveText("anonymous");
  await expect.poll(restored).toBe(1);
});

test("back twice after a sign-out shows no frame of the user and sends no request as them", async ({
  app,
  server,
  widget,
  judge,
}) => {
  const { restored, shown } = await watch(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText(PRO.email);
  await app.page.goto(`${server.sandboxUrl}/p/demo`);
  await app.open();
  await expect(app.state).toHaveText("identified");
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  const before = await judge.verdicts();
  shown().clear();

  await goBack(app.page, /\/p\/demo$/);
  await goBack(app.page, `${server.url}/`);
  await expect(app.state).toHaveText("anonymous");
  expect(restored()).toBe(0);
  expect(shown()).toEqual(new Set());
  // It has asked by then.
  await widget.open();
  await expect(widget.who).toHaveText("You are: anonymous");
  const after = await judge.verdictsSince(before);
  expect(new Set(after.map(({ who }) => who))).toEqual(new Set(["anonymous"]));
});
