// One user after another, and one user twice, in the same tab.

import { PRO, SCALE } from "../../support/customers.ts";
import { Gate } from "../../support/gate.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { recordRequests } from "../../support/request-recorder.ts";
import { expect, test } from "../../support/test.ts";
import { claimsOf } from "../../support/token.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

test("signing out and in as somebody else tells the widget only of the new one", async ({ app, widget, judge }) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await answered(app.page);
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  const before = await judge.verdicts();
  await app.signInAs(SCALE);
  await expect(app.verdict).toContainText(SCALE.email);
  await widget.open();
  await expect(widget.who).toContainText(SCALE.email);
  expect(handedOver().map(({ token }) => claimsOf(token).email)).toEqual([PRO.email, SCALE.email]);
  const scale = await judge.requester(SCALE.email);
  const since = (await judge.verdictsSince(before)).map(({ who }) => who).filter((who) => who !== "anonymous");
  expect(new Set(since)).toEqual(new Set([scale?.id]));
});

test("signing in over a live session as somebody else loads a fresh page", async ({ app, widget }) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  const freshPage = app.page.waitForEvent("load");
  await app.signInAs(SCALE);
  await freshPage;
  await expect(app.userName).toHaveText(SCALE.name);
  await expect(app.state).toHaveText("identified");
  await widget.open();
  await expect(widget.who).toContainText(SCALE.email);
  expect(handedOver().map(({ token }) => claimsOf(token).email)).toEqual([PRO.email]);
});

test("a late token for the first user never reaches the widget after the second signed in", async ({ app, judge }) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  const late = new Gate();
  await app.page.route("**/api/identity_token", late.holdAnswer, { times: 1 });
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identifying");
  await late.reached;
  await app.signInAs(SCALE);
  await expect(app.userName).toHaveText(SCALE.name);
  late.open();
  await expect(app.verdict).toContainText(SCALE.email);
  expect(handedOver().map(({ token }) => claimsOf(token).email)).toEqual([SCALE.email]);
  expect(await judge.requester(PRO.email)).toBeUndefined();
});

test("a second click while the first sign-in is on its way makes one request", async ({ app }) => {
  const requests = await recordRequests(app.page);
  await app.open();
  const first = new Gate();
  await app.page.route("**/api/sign_in", first.holdRequest);
  await app.customerButton(PRO).dblclick();
  await first.reached;
  await expect(app.customerButton(PRO)).toBeDisabled();
  await expect(app.customerButton(SCALE)).toBeDisabled();
  await app.page.getByLabel("Email").fill(SCALE.email);
  await app.page.getByLabel("Password").fill("reqio-demo");
  await app.page.getByLabel("Password").press("Enter");
  first.open();
  await expect(app.state).toHaveText("identified");
  await expect(app.userName).toHaveText(PRO.name);
  expect(requests("sign_in")).toHaveLength(1);
  expect(requests("identity_token")).toHaveLength(1);
});
