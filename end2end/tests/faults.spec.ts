// What can go wrong, by hand: each switch does what it says, and the page does what is right about it.

import type { AppPage } from "../pages/app.page.ts";
import { Explanation } from "../pages/explanation.ts";
import { PRO, SCALE, type Customer } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

async function signedInWithFaults(app: AppPage, customer: Customer): Promise<Explanation> {
  await app.open();
  await app.signInAs(customer);
  await expect(app.verdict).toContainText(customer.email);
  const explanation = new Explanation(app.page);
  await explanation.openFaults();
  await expect(explanation.faults).toHaveCount(9);
  return explanation;
}

const WRONG_TOKENS = [
  ["An expired token", "expired"],
  ["The wrong audience", "audience"],
  ["The wrong secret", "signature"],
  ["A clock ten minutes ahead", "not_yet_valid"],
  ["Dollars for cents", "traits"],
] as const;

for (const [name, code] of WRONG_TOKENS) {
  test.describe(name, () => {
    test.use({ expected: { refusals: [code], errors: [/401.*\/api\/(widget-config|features|notifications)/] } });

    test("is refused with its reason, and accepted once it is switched off", async ({ app }) => {
      const explanation = await signedInWithFaults(app, PRO);
      const fault = explanation.fault(name);
      await fault.click();
      await expect(app.verdict).toContainText(`${code}:`);
      await expect(fault).toBeChecked();
      await expect(explanation.steps.nth(5)).toHaveAttribute("data-refused");
      await expect(app.state).toHaveText("refused");
      await expect(app.standing).not.toContainText("The widget sends this token");
      await fault.click();
      await expect(app.verdict).toContainText(PRO.email);
      await expect(fault).not.toBeChecked();
      await expect(explanation.steps.nth(5)).not.toHaveAttribute("data-refused");
      await expect(app.state).toHaveText("identified");
    });
  });
}

test("dollars for cents go unnoticed where they are plausible, and make a customer cheap", async ({ app, judge }) => {
  const explanation = await signedInWithFaults(app, SCALE);
  await explanation.fault("Dollars for cents").click();
  await expect(app.monthlyValue).toHaveText("990 cents a year / 12 = 83 cents a month.");
  await expect(app.verdict).toContainText("worth 83 cents a month");
  expect((await judge.requester(SCALE.email))?.monthly_amount).toBe(83);
});

test("a slow mint leaves the widget the token it has", async ({ app }) => {
  const explanation = await signedInWithFaults(app, PRO);
  await explanation.fault("A slow mint").click();
  await expect(app.state).toHaveText("refreshing");
  await expect(app.secondsLeft).toBeVisible();
  await expect(app.state).toHaveText("identified", { timeout: 20_000 });
});

test.describe("a failing mint", () => {
  test.use({ expected: { errors: [/500.*\/api\/identity_token/] } });

  test("is tried again, and works by itself once it is switched off", async ({ app }) => {
    const explanation = await signedInWithFaults(app, PRO);
    const fault = explanation.fault("A failing mint");
    await fault.click();
    await expect(app.state).toHaveText("retrying");
    await fault.click();
    await expect(app.state).toHaveText("identified");
    await expect(app.verdict).toContainText(PRO.email);
  });
});

test.describe("a blocked script", () => {
  test.use({ expected: { errors: [/blocked\.js/] } });

  test("is said quietly, stays on in sight, and leaves once it is switched off", async ({ app }) => {
    const explanation = await signedInWithFaults(app, PRO);
    await explanation.fault("A blocked script").click();
    await expect(app.notice(/The feedback widget did not load/)).toBeVisible();
    await expect(app.state).toHaveText("blocked");
    await expect(app.backlogFrame.getByRole("heading", { name: "Backlog", level: 1 })).toBeVisible();
    // The page was loaded anew, and does not hide that something is switched on.
    await expect(explanation.fault("A blocked script")).toBeChecked();
    await explanation.fault("A blocked script").click();
    await expect(app.verdict).toContainText(PRO.email);
    await expect(app.notice(/The feedback widget did not load/)).toBeHidden();
  });
});

test.describe("signed out elsewhere", () => {
  test.use({ expected: { errors: [/401.*\/api\/identity_token/] } });

  test("is noticed at the next request, said, and answered with the form", async ({ app }) => {
    const explanation = await signedInWithFaults(app, PRO);
    await explanation.fault("Signed out elsewhere").click();
    await expect(app.notice(/Your session has ended/)).toBeVisible();
    await expect(app.state).toHaveText("signed out elsewhere");
    await expect(app.page.getByLabel("Password")).toBeVisible();
  });
});

test("one fault takes the place of another", async ({ app }) => {
  const explanation = await signedInWithFaults(app, SCALE);
  await explanation.fault("Dollars for cents").click();
  await expect(explanation.fault("Dollars for cents")).toBeChecked();
  await explanation.fault("A slow mint").click();
  await expect(explanation.fault("A slow mint")).toBeChecked();
  await expect(explanation.fault("Dollars for cents")).not.toBeChecked();
});
