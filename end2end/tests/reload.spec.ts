// A page load with a live session is identified from the widget's first request on.

import { PRO } from "../support/customers.ts";
import { recordIdentify } from "../support/identify-recorder.ts";
import { expect, test } from "../support/test.ts";
import { claimsOf } from "../support/token.ts";
import { answered, countUnanswered } from "../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

test("a reload stays signed in, with the token on the tag and no call of identify", async ({ app, widget, judge }) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  expect(handedOver()).toHaveLength(1);

  await answered(app.page);
  const before = await judge.verdicts();
  await app.page.reload();
  await expect(app.state).toHaveText("identified");
  await expect(app.userName).toHaveText(PRO.name);
  await expect(app.verdict).toContainText(PRO.email);
  await widget.open();
  await expect(widget.who).toContainText(PRO.email);

  const token = (await app.widgetTag.getAttribute("data-identity-token")) ?? "";
  expect(claimsOf(token).email).toBe(PRO.email);
  expect(handedOver()).toHaveLength(1);
  const after = await judge.verdictsSince(before);
  expect(after.length).toBeGreaterThan(0);
  expect(new Set(after.map(({ who }) => who))).toEqual(new Set([claimsOf(token).sub]));
});

test("nothing that can be read later holds a token: no storage, no cookie a script sees, no address", async ({ app }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await app.page.reload();
  await expect(app.state).toHaveText("identified");
  const kept = await app.page.evaluate(() =>
    [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, location.href].join("\n"),
  );
  expect(kept).not.toMatch(/eyJ[\w-]+\./);
  expect(await app.page.evaluate(() => document.cookie)).toBe("");
});
