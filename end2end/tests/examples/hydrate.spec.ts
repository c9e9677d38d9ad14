// examples/leptos-hydrate: the page comes with a token, and the browser's half takes both over.

import type { Page } from "@playwright/test";
import { ADA, type ExamplePage } from "../../pages/example.page.ts";
import { expect, test } from "../../support/example-test.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { PageTime } from "../../support/page-time.ts";
import { recordRequests } from "../../support/request-recorder.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

test.use({ exampleName: "leptos-hydrate" });

/** Signs in, and loads the page anew: it then comes with a token. */
async function openSignedIn(app: ExamplePage): Promise<void> {
  await app.open();
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("Identified");
  await answered(app.page);
  await app.page.reload();
  await expect(app.status).toHaveText("Identified");
  await answered(app.page);
}

/** How many scripts of the widget the page has. */
const widgetScripts = (page: Page) =>
  page.evaluate(() => [...document.scripts].filter(({ dataset }) => "projectId" in dataset).length);

test("a page with a token asks for none, adds no tag and identifies nobody once more", async ({ app, page, judge }) => {
  await app.open();
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("Identified");
  await answered(page);
  const before = await judge.verdicts();

  const handedOver = await recordIdentify(page);
  const requests = await recordRequests(page);
  await page.reload();
  await expect(app.shows(ADA)).toBeVisible();
  await expect(app.status).toHaveText("Identified");
  await expect.poll(() => judge.verdictsSince(before)).not.toEqual([]);
  await answered(page);
  expect(await widgetScripts(page)).toBe(1);
  expect(requests()).toEqual([]);
  expect(handedOver()).toEqual([]);
  // From the very first of the widget's requests on.
  const after = await judge.verdictsSince(before);
  expect(new Set(after.map(({ who }) => who))).toEqual(new Set([ADA.id]));
});

test("a page without a user asks for nothing, and has one tag without a token", async ({ app, page }) => {
  const requests = await recordRequests(page);
  await app.open();
  await expect(app.nobody).toBeVisible();
  await expect(app.status).toHaveText("Anonymous");
  await answered(page);
  expect(requests()).toEqual([]);
  expect(await widgetScripts(page)).toBe(1);
  expect(await page.content()).not.toContain("data-identity-token");
});

test("a page that came with a token is renewed for as long as it is open", async ({ app, page, judge }) => {
  const time = await PageTime.of(page);
  const handedOver = await recordIdentify(page);
  const requests = await recordRequests(page);
  await openSignedIn(app);
  const [before, asked] = [handedOver().length, requests("identity_token").length];
  await time.pass(10 * 60);
  await expect(app.status).toHaveText("Identified");
  const renewed = handedOver().slice(before);
  expect(renewed.length).toBeGreaterThanOrEqual(2);
  expect(requests("identity_token")).toHaveLength(asked + renewed.length);
  for (const { token } of renewed) expect(await judge.accepted(token)).toBe(true);
});
