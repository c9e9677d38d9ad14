// Two tabs of one browser share a session, and tell each other when it changes.

import type { Page } from "@playwright/test";
import { AppPage } from "../../pages/app.page.ts";
import { FREE, PRO, SCALE } from "../../support/customers.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { recordTabMessages } from "../../support/tab-messages.ts";
import { expect, test as base } from "../../support/test.ts";
import { claimsOf } from "../../support/token.ts";

const test = base.extend<{ other: AppPage; messages: () => unknown[] }>({
  messages: async ({ context }, use) => use(await recordTabMessages(context)),
  other: async ({ context, app, messages: _ }, use) => {
    await app.open();
    await expect(app.state).toHaveText("anonymous");
    const other = new AppPage(await context.newPage());
    await other.open();
    await expect(other.state).toHaveText("anonymous");
    // The visitor is in the first tab; the other one is behind it.
    await app.page.bringToFront();
    await use(other);
  },
});

/** Fails unless `tab` shows `name`, or nobody for "", within a second from now. */
async function showsWithinASecond(tab: Page, name: string): Promise<void> {
  const shown = (wanted: string) => (document.querySelector('[data-testid="user-name"]')?.textContent ?? "") === wanted;
  await tab.waitForFunction(shown, name, { timeout: 1_000, polling: 20 });
}

test("a sign-in in one tab identifies the user in the other within a second", async ({ app, other, judge }) => {
  await app.signInAs(PRO);
  await expect(app.userName).toHaveText(PRO.name);
  await showsWithinASecond(other.page, PRO.name);
  await expect(other.state).toHaveText("identified");
  await expect(other.verdict).toContainText(PRO.email);
  expect(await judge.requesters()).toHaveLength(1);
});

test("a sign-out in one tab leaves the other anonymous, and says why", async ({ app, other }) => {
  await app.signInAs(PRO);
  await expect(other.state).toHaveText("identified");
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  await showsWithinASecond(other.page, "");
  await expect(other.state).toHaveText("signed out elsewhere");
  await expect(other.notice(/Your session has ended/)).toBeVisible();
  await expect(other.widgetTag).not.toHaveAttribute("data-identity-token");
});

test("a switch of users in one tab shows in the other, on a fresh page", async ({ app, other }) => {
  const handedOver = await recordIdentify(other.page);
  await other.open();
  await app.signInAs(PRO);
  await expect(other.state).toHaveText("identified");
  const freshPage = other.page.waitForEvent("load");
  await app.signInAs(SCALE);
  await expect(app.userName).toHaveText(SCALE.name);
  await showsWithinASecond(other.page, SCALE.name);
  await freshPage;
  const onTheTag = (await other.widgetTag.getAttribute("data-identity-token")) ?? "";
  expect(claimsOf(onTheTag).email).toBe(SCALE.email);
  // The widget that knew the one is never told of the other.
  expect(new Set(handedOver().map(({ token }) => claimsOf(token).email))).toEqual(new Set([PRO.email]));
});

test("a change of plan in one tab reaches the other", async ({ app, other }) => {
  await app.signInAs(FREE);
  await expect(other.state).toHaveText("identified");
  await app.choosePlan("pro, 29.00 a month");
  await expect(other.claims).toContainText('"amount": 2900');
  await expect(other.chosenPlan).toHaveText("pro, 29.00 a month");
  await expect(other.verdict).toContainText("on plan pro");
});

test("tabs tell each other that something changed, and never a token", async ({ app, other, messages }) => {
  await app.signInAs(PRO);
  await expect(other.state).toHaveText("identified");
  await app.choosePlan("scale, 99.00 a month");
  await expect(other.claims).toContainText('"plan": "scale"');
  // A visitor goes to the tab where they sign out.
  await other.page.bringToFront();
  await other.signOut();
  await expect(other.state).toHaveText("anonymous");
  await expect(app.state).toHaveText("signed out elsewhere");
  expect(messages().length).toBeGreaterThanOrEqual(3);
  const known = [/^signed in: usr_[0-9a-f]+$/, /^signed out$/, /^traits$/];
  for (const message of messages()) {
    expect(known.filter((words) => words.test(String(message)))).toHaveLength(1);
  }
  const kept = await app.page.evaluate(() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage));
  expect(kept).not.toContain("eyJ");
});
