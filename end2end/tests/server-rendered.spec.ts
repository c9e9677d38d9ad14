// The other path of Reqio's guides: the server writes the token into the page.

import { SCALE } from "../support/customers.ts";
import { Widget } from "../pages/widget.ts";
import { expect, test } from "../support/test.ts";
import { claimsOf } from "../support/token.ts";

test("the server-rendered page identifies whoever is signed in, with a fresh token for each load", async ({
  app,
  page,
}) => {
  await app.open();
  await app.signInAs(SCALE);
  await expect(app.state).toHaveText("identified");
  await page.getByRole("link", { name: "The same, rendered by the server" }).click();

  await expect(page.getByRole("heading", { name: "Identified by the server" })).toBeVisible();
  const tag = page.locator("script[data-project-id]");
  await expect(tag).toHaveAttribute("data-project-id", "demo");
  const first = (await tag.getAttribute("data-identity-token")) ?? "";
  expect(claimsOf(first)).toMatchObject({ email: SCALE.email, traits: { amount: 99_000, interval: "year" } });
  const widget = new Widget(page);
  await widget.open();
  await expect(widget.who).toHaveText(`You are: ${SCALE.email}, scale, $82.50 a month`);

  const { iat } = claimsOf(first);
  await expect(async () => {
    await page.reload();
    const next = (await tag.getAttribute("data-identity-token")) ?? "";
    expect(claimsOf(next).iat).toBeGreaterThan(iat);
  }).toPass();
});

test.describe("signed out", () => {
  test.use({ expected: { errors: [/401.*\/server-rendered/] } });

  test("the server-rendered page answers 401, carries no widget and leads back to the form", async ({ app, page }) => {
    const answer = await page.goto("/server-rendered");
    expect(answer?.status()).toBe(401);
    await expect(page.locator("script")).toHaveCount(0);
    await page.getByRole("link", { name: "Sign in first" }).click();
    await expect(app.state).toHaveText("anonymous");
  });
});
