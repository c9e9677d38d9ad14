// A new account is signed in and identified at once.

import { PRO } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

test("signing up identifies the new user on the free plan", async ({ app, judge }) => {
  await app.open();
  await app.signUpWith("Zoë Ångström", "zoe@example.test", "a long passphrase");
  await expect(app.state).toHaveText("identified");
  await expect(app.userName).toHaveText("Zoë Ångström");
  await expect(app.verdict).toContainText("zoe@example.test, on plan free, worth 0 cents a month");
  expect(await judge.requester("zoe@example.test")).toMatchObject({ plan: "free", monthly_amount: 0 });
});

test("what was signed up with signs in afterwards", async ({ app }) => {
  await app.open();
  await app.signUpWith("Zoë Ångström", "zoe@example.test", "a long passphrase");
  await expect(app.state).toHaveText("identified");
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  await app.signInWith("zoe@example.test", "a long passphrase");
  await expect(app.userName).toHaveText("Zoë Ångström");
});

test.describe("with an address that is taken", () => {
  test.use({ expected: { errors: [/409.*\/api\/sign_up/] } });

  test("nobody signs up, and the page says why", async ({ app }) => {
    await app.open();
    await app.signUpWith("Somebody Else", PRO.email, "a long passphrase");
    await expect(app.problem).toHaveText("Another account has this email.");
    await expect(app.email).toHaveAccessibleDescription("Another account has this email.");
    await expect(app.state).toHaveText("anonymous");
  });
});

test("a name that is markup is shown as the text it is", async ({ app }) => {
  const name = "<img src=x onerror=alert(1)>";
  await app.open();
  await app.signUpWith(name, "markup@example.test", "a long passphrase");
  await expect(app.userName).toHaveText(name);
  await expect(app.page.getByRole("img")).toHaveCount(0);
});
