// examples/leptos-csr when the widget's script is blocked, late, or somebody else's.

import type { Page } from "@playwright/test";
import { ADA } from "../../pages/example.page.ts";
import { expect, test } from "../../support/example-test.ts";
import { Gate } from "../../support/gate.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { PageTime } from "../../support/page-time.ts";
import { recordRequests } from "../../support/request-recorder.ts";

const SCRIPT = "**/widget.js";

/** Loads the page and holds back the widget's script. The answer lets it go. */
async function openWithoutScript(page: Page): Promise<Gate> {
  const script = new Gate();
  await page.route(SCRIPT, script.holdRequest);
  await page.goto("/", { waitUntil: "commit" });
  await script.reached;
  return script;
}

test.describe("a blocked script", () => {
  test.use({ expected: { errors: [/ERR_BLOCKED_BY_CLIENT.*widget\.js/] } });

  test("leaves the app as it is, and is fed no tokens", async ({ app, page }) => {
    const time = await PageTime.of(page);
    const requests = await recordRequests(page);
    await page.route(SCRIPT, (route) => route.abort("blockedbyclient"));
    await app.open();
    await app.signInAs(ADA);
    await expect(app.shows(ADA)).toBeVisible();
    await time.pass(10 * 60);
    await expect(app.status).toHaveText("Blocked(Blocked)");
    expect(requests("identity_token").length).toBeLessThanOrEqual(1);
    await app.signOut();
    await expect(app.nobody).toBeVisible();
  });
});

test("a stub that cannot identify is said to be one, and is fed no tokens", async ({ app, page }) => {
  const time = await PageTime.of(page);
  const requests = await recordRequests(page);
  await page.addInitScript(() => Object.assign(window, { Reqio: {} }));
  await app.open();
  await app.signInAs(ADA);
  await time.pass(10 * 60);
  await expect(app.status).toHaveText("Blocked(Stub)");
  expect(requests("identity_token").length).toBeLessThanOrEqual(1);
});

test("a sign-in before the script has loaded makes one chain of tokens", async ({ app, page }) => {
  const time = await PageTime.of(page);
  const handedOver = await recordIdentify(page);
  const requests = await recordRequests(page);
  const script = await openWithoutScript(page);
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("WaitingForWidget");
  script.open();
  await expect(app.status).toHaveText("Identified");
  await time.pass(10 * 60);
  const asked = requests("identity_token").map(({ at }) => at);
  for (const [index, at] of asked.slice(1).entries()) expect(at - (asked[index] ?? 0)).toBeGreaterThanOrEqual(200_000);
  expect(handedOver()).toHaveLength(asked.length);
});

test("a script that comes 2.5 seconds late, by a tag without an id, gets the token", async ({ app, page, judge }) => {
  const time = await PageTime.of(page);
  const handedOver = await recordIdentify(page);
  const script = await openWithoutScript(page);
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("WaitingForWidget");
  await time.pass(2.5);
  expect(handedOver()).toEqual([]);
  script.open();
  await expect(app.status).toHaveText("Identified");
  await expect.poll(() => judge.requesters()).toMatchObject([{ id: ADA.id, monthly_amount: ADA.monthly }]);
});
