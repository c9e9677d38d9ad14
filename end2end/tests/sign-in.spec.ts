// Signing in identifies the user, from the form to the sandbox's backlog.

import { CUSTOMERS, PRO, SCALE } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";
import { claimsOf, headerOf } from "../support/token.ts";

for (const customer of CUSTOMERS) {
  test(`signing in as the customer on the ${customer.plan} plan tells Reqio who they are and what they pay`, async ({
    app,
    widget,
    judge,
  }) => {
    await app.open();
    await expect(app.state).toHaveText("anonymous");
    await app.signInAs(customer);

    await expect(app.state).toHaveText("identified");
    await expect(app.userName).toHaveText(customer.name);
    await expect(app.customerButton(customer)).toBeHidden();
    await expect(app.verdict).toContainText("The sandbox accepted the token");
    await expect(app.verdict).toContainText(`${customer.email}, on plan ${customer.plan}`);
    await expect(app.verdict).toContainText(`worth ${customer.monthly} cents a month`);

    await widget.open();
    const dollars = `$${(customer.monthly / 100).toFixed(2).replace(".00", "")}`;
    await expect(widget.who).toHaveText(`You are: ${customer.email}, ${customer.plan}, ${dollars} a month`);

    const { plan, amount, interval, monthly } = customer;
    expect(await judge.requester(customer.email)).toMatchObject({ plan, amount, interval, monthly_amount: monthly });
  });
}

test("the page shows the claims exactly as the token carries them, and its seconds run down", async ({ app }) => {
  await app.open();
  const minted = app.page.waitForResponse("**/api/identity_token");
  await app.signInAs(SCALE);
  const { token } = (await (await minted).json()) as { token: string };
  await expect(app.state).toHaveText("identified");

  const [header, claims] = ((await app.claims.textContent()) ?? "").split(/(?<=^})\n/m).map((part) => JSON.parse(part));
  expect(header).toEqual(headerOf(token));
  expect(claims).toEqual(claimsOf(token));
  expect(claims.exp - claims.iat).toBe(300);
  expect(claims).toMatchObject({
    email: SCALE.email,
    aud: "https://reqio.app/p/demo",
    traits: { plan: "scale", amount: 99_000, interval: "year" },
  });
  await expect(app.monthlyValue).toHaveText("99000 cents a year / 12 = 8250 cents a month.");

  const left = async () => Number(await app.secondsLeft.innerText());
  const atFirst = await left();
  expect(atFirst).toBeGreaterThan(290);
  expect(atFirst).toBeLessThanOrEqual(300);
  await expect.poll(left).toBeLessThan(atFirst);
});

test("before anybody signs in the visitor is anonymous, to the page, the widget and the sandbox", async ({
  app,
  widget,
  judge,
}) => {
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await expect(app.widgetTag).toHaveAttribute("data-project-id", "demo");
  await expect(app.widgetTag).not.toHaveAttribute("data-identity-token");
  await expect(app.verdict).toBeHidden();
  await widget.open();
  await expect(widget.who).toHaveText("You are: anonymous");
  const who = (await judge.verdicts()).map((verdict) => verdict.who);
  expect(who.length).toBeGreaterThan(0);
  expect(new Set(who)).toEqual(new Set(["anonymous"]));
});

test("the form signs in with the Enter key, and the address is taken in capitals too", async ({ app }) => {
  await app.open();
  await app.page.getByLabel("Email").fill(PRO.email.toUpperCase());
  await app.page.getByLabel("Password").fill("reqio-demo");
  await app.page.getByLabel("Password").press("Enter");
  await expect(app.state).toHaveText("identified");
  await expect(app.userName).toHaveText(PRO.name);
});
