// Nobody is shut out: axe finds nothing serious on any page, in any state, light or dark.

import { expectAccessible } from "../support/accessibility.ts";
import { Explanation } from "../pages/explanation.ts";
import { PRO } from "../support/customers.ts";
import { PageTime } from "../support/page-time.ts";
import { expect, test } from "../support/test.ts";

test("the app, signed out, signing up and signed in", async ({ app }) => {
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await expectAccessible(app.page, "signed out");
  await app.page.getByRole("button", { name: "Create an account instead" }).click();
  await expectAccessible(app.page, "signing up");
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText(PRO.email);
  await expectAccessible(app.page, "signed in");
  const explanation = new Explanation(app.page);
  await explanation.openFaults();
  await explanation.openPieces();
  await explanation.pieces.first().locator("summary").click();
  await explanation.fault("A slow mint").click();
  await expect(explanation.fault("A slow mint")).toBeChecked();
  await expectAccessible(app.page, "with its lessons open and a fault switched on");
  await app.page.goto("/server-rendered");
  await expectAccessible(app.page, "rendered by the server");
});

test.describe("the app when something is wrong", () => {
  test.use({
    expected: {
      errors: [/401.*\/api\/sign_in/, /ERR_BLOCKED_BY_CLIENT.*widget/, /500.*\/api\/identity_token/, /ERR_.*\/api\/sign_out/],
    },
  });

  test("a wrong password, a blocked widget, a mint that fails, a sign-out that does not work", async ({ app }) => {
    await PageTime.of(app.page);
    await app.page.route("**/widget.js", (route) => route.abort("blockedbyclient"));
    await app.open();
    await app.signInWith(PRO.email, "not the password");
    await expect(app.problem).toBeVisible();
    await expect(app.tryAgain).toBeVisible();
    await expectAccessible(app.page, "a wrong password and a blocked widget");
    await app.page.route("**/api/identity_token", (route) => route.fulfill({ status: 500, json: {} }));
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("blocked");
    await expectAccessible(app.page, "blocked");
    await app.page.route("**/api/sign_out", (route) => route.abort());
    await app.signOut();
    await expect(app.state).toHaveText("sign-out unfinished");
    await expectAccessible(app.page, "a sign-out that does not work");
  });
});

test("the app fits the narrowest phones, signed out, signed in and with the widget open", async ({ app, widget }) => {
  await app.page.setViewportSize({ width: 360, height: 640 });
  const overflows = () => app.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  expect(await overflows()).toBe(false);
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText(PRO.email);
  expect(await overflows()).toBe(false);
  const explanation = new Explanation(app.page);
  await explanation.openFaults();
  await explanation.openPieces();
  await explanation.pieces.first().locator("summary").click();
  expect(await overflows()).toBe(false);
  await widget.open();
  await expect(widget.panel).toBeInViewport({ ratio: 1 });
  expect(await overflows()).toBe(false);
});
