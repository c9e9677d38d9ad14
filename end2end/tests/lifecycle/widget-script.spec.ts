// The widget's script: late, blocked, broken, and back again.

import { PRO } from "../../support/customers.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { PageTime } from "../../support/page-time.ts";
import { expect, test } from "../../support/test.ts";

const SCRIPT = "**/widget.js";
const NOTICE = /The feedback widget did not load/;

test("complaint 6: a script that arrives five seconds late still gets the token of who signed in meanwhile", async ({
  app,
  widget,
  sandbox,
}) => {
  await PageTime.of(app.page);
  const handedOver = await recordIdentify(app.page);
  await sandbox.faults({ late_script: 60 });
  await app.page.goto("/", { waitUntil: "commit" });
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("waiting for the widget");
  expect(await app.page.evaluate(() => "Reqio" in window && window.Reqio !== undefined)).toBe(false);
  await app.page.clock.runFor(5_000);
  await expect(app.state).toHaveText("waiting for the widget");
  expect(handedOver()).toEqual([]);
  await sandbox.faults({});
  await expect(app.state).toHaveText("identified");
  expect(handedOver()).toHaveLength(1);
  await expect(app.notice(NOTICE)).toBeHidden();
  await widget.open();
  await expect(widget.who).toContainText(PRO.email);
});

test("complaint 7: a script that is overdue is said to be missing, and welcome when it comes after all", async ({
  app,
  sandbox,
}) => {
  await PageTime.of(app.page);
  await sandbox.faults({ late_script: 60 });
  await app.page.goto("/", { waitUntil: "commit" });
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("waiting for the widget");
  await app.page.clock.runFor(11_000);
  await expect(app.state).toHaveText("blocked");
  await expect(app.notice(NOTICE)).toBeVisible();
  await sandbox.faults({});
  await expect(app.state).toHaveText("identified");
  await expect(app.notice(NOTICE)).toBeHidden();
  await expect(app.verdict).toContainText(PRO.email);
});

test.describe("a blocked script", () => {
  test.use({ expected: { errors: [/ERR_BLOCKED_BY_CLIENT.*widget\.js/] } });

  test("complaint 7: leaves the app working, and trying again really tries again", async ({ app, widget }) => {
    const handedOver = await recordIdentify(app.page);
    let requests = 0;
    await app.page.route(SCRIPT, (route) => {
      requests += 1;
      return route.abort("blockedbyclient");
    });
    await app.open();
    await expect(app.notice(NOTICE)).toBeVisible();
    await expect(app.state).toHaveText("anonymous");
    await expect(widget.launcher).toHaveCount(0);
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("blocked");
    await expect(app.userName).toHaveText(PRO.name);
    await app.choosePlan("scale, 99.00 a month");
    await expect(app.claims).toContainText('"plan": "scale"');

    expect(requests).toBe(1);
    await app.tryAgain.click();
    await expect.poll(() => requests).toBe(2);
    await expect(app.state).toHaveText("blocked");
    await expect(app.notice(NOTICE)).toBeVisible();

    await app.page.unroute(SCRIPT);
    await app.tryAgain.click();
    await expect(app.state).toHaveText("identified");
    await expect(app.notice(NOTICE)).toBeHidden();
    await expect(app.widgetTag).toHaveCount(1);
    expect(handedOver()).toHaveLength(1);
    await widget.open();
    await expect(widget.who).toHaveText(`You are: ${PRO.email}, scale, $99 a month`);
  });

  test("complaint 7: does not keep anybody from signing out", async ({ app }) => {
    await app.page.route(SCRIPT, (route) => route.abort("blockedbyclient"));
    await app.open();
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("blocked");
    await app.signOut();
    await expect(app.state).toHaveText("anonymous");
    await expect(app.userName).toHaveCount(0);
  });
});

test("complaint 7: a script that a blocker emptied counts as blocked", async ({ app }) => {
  await app.page.route(SCRIPT, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await app.open();
  await expect(app.notice(NOTICE)).toBeVisible();
  await app.page.unroute(SCRIPT);
  await app.tryAgain.click();
  await expect(app.notice(NOTICE)).toBeHidden();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
});

test("complaint 7: a widget that throws does not break the app, and is told again on request", async ({ app }) => {
  const body = "let calls = 0; window.Reqio = { identify() { calls += 1; if (calls === 1) throw new Error('no'); } };";
  await app.page.route(SCRIPT, (route) => route.fulfill({ contentType: "text/javascript", body }));
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("blocked");
  await expect(app.userName).toHaveText(PRO.name);
  await app.tryAgain.click();
  await expect(app.state).toHaveText("identified");
});
