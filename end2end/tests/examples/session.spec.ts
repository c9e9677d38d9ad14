// examples/leptos-csr when its session ends, changes or stays in doubt.

import { ADA, BOB, ExamplePage } from "../../pages/example.page.ts";
import { expect, test } from "../../support/example-test.ts";
import { recordIdentify, type HandedOver } from "../../support/identify-recorder.ts";
import { PageTime } from "../../support/page-time.ts";
import { claimsOf } from "../../support/token.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

/** About as long as a change in one tab may take to show in another. */
const SOON = { timeout: 1_500 };

/** Fails unless each token was handed over under a page that showed its user. */
function expectUnderTheirOwnPage(handedOver: HandedOver[]): void {
  for (const { token, shown } of handedOver) expect(shown).toContain(`Signed in: ${claimsOf(token).sub}`);
}

test("a session that has ended is noticed with the next token, and another tab's sign-in revives the tab", async ({
  app,
  page,
  context,
  widget,
}) => {
  const time = await PageTime.of(page);
  const handedOver = await recordIdentify(page);
  await app.open();
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("Identified");
  await context.clearCookies();
  const freshPage = page.waitForEvent("load");
  await time.pass(225);
  await freshPage;
  await expect(app.nobody).toBeVisible();
  await expect(app.status).toHaveText("SignedOutElsewhere");

  const other = new ExamplePage(await context.newPage());
  await other.open();
  await other.signInAs(ADA);
  await expect(other.status).toHaveText("Identified");
  await time.passUntil(() => app.shows(ADA).isVisible(), 5);
  await expect(app.status).toHaveText("Identified");
  await widget.open();
  await expect(widget.who).toContainText(ADA.id);
  expectUnderTheirOwnPage(handedOver());
});

test("a user who signs in in another tab is never identified under the page of the one before", async ({
  app,
  page,
  context,
}) => {
  const handedOver = await recordIdentify(page);
  await app.open();
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("Identified");
  const other = new ExamplePage(await context.newPage());
  await other.open();
  await expect(other.shows(ADA)).toBeVisible();

  await other.signInAs(BOB);
  await expect(other.shows(BOB)).toBeVisible();
  await expect(app.shows(ADA)).toBeHidden(SOON);
  await expect(app.shows(BOB)).toBeVisible();
  await expect(app.status).toHaveText("Identified");
  expect(handedOver().map(({ token }) => claimsOf(token).sub)).toEqual([ADA.id, BOB.id]);
  expectUnderTheirOwnPage(handedOver());
});

test("a sign-out in one tab leaves the other without the user, page and widget", async ({
  app,
  page,
  context,
  widget,
  judge,
}) => {
  await app.open();
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("Identified");
  const other = new ExamplePage(await context.newPage());
  await other.open();
  await expect(other.status).toHaveText("Identified");
  await answered(page);
  await answered(other.page);
  const before = await judge.verdicts();

  await other.signOut();
  await expect(app.shows(ADA)).toBeHidden(SOON);
  await expect(app.nobody).toBeVisible();
  await widget.open();
  await expect(widget.who).toHaveText("You are: anonymous");
  await answered(page);
  const after = await judge.verdictsSince(before);
  expect(new Set(after.map(({ who }) => who))).toEqual(new Set(["anonymous"]));
});

test.describe("the answer to a sign-out is lost", () => {
  test.use({ expected: { errors: [/ERR_CONNECTION_RESET.*\/api\/sign_out/] } });

  test("and the widget has no user any more all the same", async ({ app, page, widget, judge }) => {
    await app.open();
    await app.signInAs(ADA);
    await expect(app.status).toHaveText("Identified");
    await answered(page);
    await page.route("**/api/sign_out", async (route) => {
      const headers = { ...(await route.request().allHeaders()), "sec-fetch-site": "same-origin" };
      expect((await route.fetch({ headers })).ok()).toBe(true);
      await route.abort("connectionreset");
    });
    const before = await judge.verdicts();
    await app.signOut();
    await expect(app.nobody).toBeVisible();
    await expect(app.status).toHaveText(/^(Anonymous|SignedOutElsewhere)$/);
    await widget.open();
    await expect(widget.who).toHaveText("You are: anonymous");
    await answered(page);
    const after = await judge.verdictsSince(before);
    expect(new Set(after.map(({ who }) => who))).toEqual(new Set(["anonymous"]));
  });
});
