// The whole flow with nothing but a keyboard.

import type { Locator, Page } from "@playwright/test";
import { Explanation } from "../pages/explanation.ts";
import { PRO, SCALE } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

/** More stops than any page here has. */
const STOPS = 40;

/** Presses Tab until `target` has the focus, as somebody without a mouse would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => (element.getRootNode() as Document).activeElement === element)) return;
  }
  throw new Error(`Tab does not lead to ${target}`);
}

test("sign in, file, change the plan, switch users, upvote and sign out without a mouse", async ({
  app,
  widget,
  judge,
}) => {
  const { page } = app;
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await tabTo(page, page.getByLabel("Email"));
  await page.keyboard.type(PRO.email);
  await tabTo(page, page.getByLabel("Password"));
  await page.keyboard.type("reqio-demo");
  await page.keyboard.press("Enter");
  await expect(app.state).toHaveText("identified");

  await tabTo(page, widget.launcher);
  await page.keyboard.press("Enter");
  await expect(widget.who).toContainText(PRO.email);
  await tabTo(page, widget.panel.getByRole("button", { name: "Request", exact: true }));
  await page.keyboard.press("Enter");
  await expect(widget.panel.getByLabel("Title")).toBeFocused();
  await page.keyboard.type("Dark mode");
  await page.keyboard.press("Enter");
  await expect(widget.news).toHaveText("Filed. Thank you.");
  await page.keyboard.press("Escape");
  await expect(widget.panel).toBeHidden();
  await expect(widget.launcher).toBeFocused();

  await tabTo(page, app.plan);
  await page.keyboard.press("ArrowDown");
  await expect(app.verdict).toContainText("on plan pro, worth 2417 cents a month");

  await tabTo(page, app.customerButton(SCALE));
  await page.keyboard.press("Enter");
  await expect(app.userName).toHaveText(SCALE.name);
  await expect(app.state).toHaveText("identified");
  await tabTo(page, widget.launcher);
  await page.keyboard.press("Enter");
  await tabTo(page, widget.upvote("Dark mode"));
  await page.keyboard.press("Space");
  await expect(widget.upvote("Dark mode")).toHaveAttribute("aria-pressed", "true");
  await expect(widget.upvote("Dark mode")).toBeFocused();
  expect(await judge.features()).toMatchObject([{ title: "Dark mode", monthly_revenue: 2_417 + 8_250, voices: 2 }]);
  await page.keyboard.press("Escape");

  await tabTo(page, app.signOutButton);
  await page.keyboard.press("Space");
  await expect(app.state).toHaveText("anonymous");
});

test("follow a step to its code, read one place's moments, try a fault and copy a piece without a mouse", async ({
  app,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { page } = app;
  await app.open();
  await app.signInAs(SCALE);
  await expect(app.verdict).toContainText("worth 8250 cents a month");
  const explanation = new Explanation(page);

  await tabTo(page, explanation.steps.first().getByRole("link"));
  await tabTo(page, explanation.whose);
  await page.keyboard.type("reqio");
  await expect(explanation.timeline).not.toContainText("browser");

  await tabTo(page, explanation.faultsSummary);
  await page.keyboard.press("Enter");
  await expect(explanation.faults).toHaveCount(9);
  await tabTo(page, explanation.fault("Dollars for cents"));
  await page.keyboard.press("Space");
  await expect(app.verdict).toContainText("worth 83 cents a month");
  await expect(explanation.fault("Dollars for cents")).toBeChecked();
  await expect(explanation.fault("Dollars for cents")).toBeFocused();

  await tabTo(page, explanation.piecesSummary);
  await page.keyboard.press("Enter");
  const minting = explanation.pieces.first();
  await tabTo(page, minting.locator("summary"));
  await page.keyboard.press("Enter");
  await tabTo(page, minting.getByRole("button"));
  await page.keyboard.press("Enter");
  await expect(minting.getByRole("button", { name: "Copied" })).toBeFocused();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await minting.locator("pre").textContent());
});

test("somebody who tabs sees where they are", async ({ app }) => {
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await app.page.keyboard.press("Tab");
  const marked = await app.page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
    return outlineStyle !== "none" && outlineWidth !== "0px";
  });
  expect(marked).toBe(true);
});
