// A sign-in that fails leaves everything as it was, and says why.

import { PRO } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

test.use({ expected: { errors: [/401.*\/api\/sign_in/] } });

test("a wrong password is said, and nobody is identified", async ({ app, judge }) => {
  await app.open();
  await app.signInWith(PRO.email, "not the password");
  await expect(app.problem).toHaveText("The email or the password is wrong.");
  await expect(app.state).toHaveText("anonymous");
  await expect(app.page.getByLabel("Email")).toHaveValue(PRO.email);
  expect(await judge.requesters()).toEqual([]);
});

test("an address nobody has gets the same words as a wrong password", async ({ app }) => {
  await app.open();
  await app.signInWith("nobody@acme.test", "not the password");
  await expect(app.problem).toHaveText("The email or the password is wrong.");
});

test("after a wrong password the right one signs in, and the complaint is gone", async ({ app }) => {
  await app.open();
  await app.signInWith(PRO.email, "not the password");
  await expect(app.problem).toBeVisible();
  await app.signInWith(PRO.email);
  await expect(app.state).toHaveText("identified");
  await expect(app.problem).toBeHidden();
});
