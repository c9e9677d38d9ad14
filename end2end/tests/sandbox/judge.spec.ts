// The judge's page: every verdict as it falls, and a box to have any token judged.

import { PRO } from "../../support/customers.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { expect, test } from "../../support/test.ts";
import { tamperedWith } from "../../support/token.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

test("a pasted token is judged in words, and neither stored nor used", async ({ app, judge, identity }) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText(PRO.email);
  const token = handedOver()[0]?.token ?? "";
  await answered(app.page);
  const before = await judge.verdicts();

  await identity.judge(token);
  await expect(identity.pasted).toContainText("accepted");
  await identity.judge(tamperedWith(token));
  await expect(identity.pasted).toContainText("signature");
  await expect(identity.pasted).toContainText("not to be trusted");
  await identity.judge("not a token");
  await expect(identity.pasted).toContainText("malformed");
  expect(await judge.verdictsSince(before)).toEqual([]);
  expect(await identity.page.content()).not.toContain(token.split(".")[2]);
});

test("verdicts appear on the open page as they fall, without a reload", async ({ app, identity }) => {
  await expect(identity.page.getByText("No token has been sent yet.")).toBeVisible();
  await app.open();
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText(PRO.email);
  await expect(identity.verdicts.first()).toContainText("accepted");
  await expect(identity.verdicts.first()).toContainText("/api/");
});
