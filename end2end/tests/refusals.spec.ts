// What a form is refused for is said in words, beside the field that it is about; and a password stays nowhere.

import { PASSWORD, PRO } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

/** A mark that turns the text after it around, so that a name may look like another one. */
const TURNED_AROUND = "Ada \u202eecalevoL";

test.describe("what the server does not take", () => {
  test.use({ expected: { errors: [/422.*\/api\/sign_up/] } });

  test("a name is refused beside the name, and nowhere else", async ({ app }) => {
    await app.open();
    await app.signUpWith(TURNED_AROUND, "ada@example.test", "a long passphrase");
    await expect(app.name).toHaveAccessibleDescription(/characters/);
    await expect(app.name).toHaveAttribute("aria-invalid", "true");
    await expect(app.problem).toHaveCount(1);
    await expect(app.email).toHaveAttribute("aria-invalid", "false");
    await expect(app.state).toHaveText("anonymous");

    await app.name.fill("Ada Lovelace");
    await app.createAccount();
    await expect(app.userName).toHaveText("Ada Lovelace");
    await expect(app.problem).toHaveCount(0);
  });
});

test.describe("too many attempts", () => {
  test.use({ environment: { SIGN_IN_LIMIT: "1" }, expected: { errors: [/401.*\/api\/sign_in/, /429.*\/api\/sign_in/] } });

  test("are refused with the seconds to wait, by form and by click", async ({ app }) => {
    await app.open();
    await app.signInWith(PRO.email, "not the password");
    await expect(app.problem).toHaveText("The email or the password is wrong.");
    await app.signInWith(PRO.email);
    await expect(app.problem).toHaveText(/Seconds to wait: ([1-9]|[1-5]\d|60)\.$/);
    await app.signInAs(PRO);
    await expect(app.problem).toHaveCount(2);
    await expect(app.state).toHaveText("anonymous");
  });
});

test.describe("a server that cannot serve", () => {
  test.use({ expected: { errors: [/503.*\/api\/sign_in/] } });

  test("says so at the form, and the form keeps what was typed", async ({ app }) => {
    await app.open();
    const unavailable = { error: "unavailable", message: "The server is busy. Please try again." };
    await app.page.route("**/api/sign_in", (route) => route.fulfill({ status: 503, json: unavailable }), { times: 1 });
    await app.signInWith(PRO.email);
    await expect(app.problem).toHaveText(unavailable.message);
    await expect(app.email).toHaveValue(PRO.email);
    await app.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(app.state).toHaveText("identified");
  });
});

test("the password leaves the page with the sign-in", async ({ app }) => {
  await app.open();
  await app.signInWith(PRO.email);
  await expect(app.state).toHaveText("identified");
  const isOnThePage = (password: string) => {
    const typed = [...document.querySelectorAll("input")].map(({ value }) => value);
    return typed.includes(password) || document.documentElement.outerHTML.includes(password);
  };
  expect(await app.page.evaluate(isOnThePage, PASSWORD)).toBe(false);
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  await expect(app.password).toHaveValue("");
  expect(await app.page.evaluate(isOnThePage, PASSWORD)).toBe(false);
});
