// Pages that come back from the browser's back/forward cache, where no other tab could tell them anything.
//
// Playwright starts Chromium with that cache off, so the event of the return is dispatched here, as browsers do it.

import type { Page } from "@playwright/test";
import { PRO, SCALE } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";

const comeBack = (page: Page) =>
  page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));

test("a page that comes back after a sign-out is anonymous and says why", async ({ app }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await app.page.request.post("/api/sign_out", { data: {} });
  await comeBack(app.page);
  await expect(app.state).toHaveText("signed out elsewhere");
  await expect(app.userName).toHaveCount(0);
});

test("a page that comes back after a switch of users shows the new one", async ({ app, widget }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await app.page.request.post("/api/sign_in", { data: { email: SCALE.email, password: "reqio-demo" } });
  await comeBack(app.page);
  await expect(app.userName).toHaveText(SCALE.name);
  await widget.open();
  await expect(widget.who).toContainText(SCALE.email);
});

test("leaving for another page and going back finds the user identified", async ({ app, page }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await page.getByRole("link", { name: "The same, rendered by the server" }).click();
  await expect(page.getByRole("heading", { name: "Identified by the server" })).toBeVisible();
  await page.goBack();
  await expect(app.state).toHaveText("identified");
  await expect(app.userName).toHaveText(PRO.name);
});
