// Another plan means another token, at once.

import { FREE } from "../support/customers.ts";
import { recordIdentify } from "../support/identify-recorder.ts";
import { expect, test } from "../support/test.ts";
import { claimsOf } from "../support/token.ts";

test("a change of plan hands over a token with the new traits at once", async ({ app, widget, judge }) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(FREE);
  await expect(app.state).toHaveText("identified");
  await expect(app.chosenPlan).toHaveText("free, 0.00 a month");
  await widget.open();
  await expect(widget.who).toHaveText(`You are: ${FREE.email}, free, $0 a month`);

  await app.choosePlan("scale, 990.00 a year");
  await expect(widget.who).toHaveText(`You are: ${FREE.email}, scale, $82.50 a month`);
  await expect(app.verdict).toContainText("on plan scale, worth 8250 cents a month");
  await expect(app.monthlyValue).toHaveText("99000 cents a year / 12 = 8250 cents a month.");
  await expect(app.state).toHaveText("identified");

  const traits = handedOver().map(({ token }) => claimsOf(token).traits);
  expect(traits).toEqual([
    { plan: "free", amount: 0, interval: "month" },
    { plan: "scale", amount: 99_000, interval: "year" },
  ]);
  expect(await judge.requester(FREE.email)).toMatchObject({ amount: 99_000, interval: "year", monthly_amount: 8_250 });
});

test.describe("when the server cannot change the plan", () => {
  test.use({ expected: { errors: [/503.*\/api\/change_plan/] } });

  test("the page says so and shows the plan that still holds", async ({ app }) => {
    await app.open();
    await app.signInAs(FREE);
    await expect(app.state).toHaveText("identified");
    await app.page.route("**/api/change_plan", (route) =>
      route.fulfill({ status: 503, json: { error: "unavailable", message: "The server is busy." } }),
    );
    await app.choosePlan("pro, 29.00 a month");
    await expect(app.problem).toHaveText("The server is busy.");
    await expect(app.chosenPlan).toHaveText("free, 0.00 a month");
    await expect(app.claims).toContainText('"plan": "free"');
  });
});
