// examples/leptos-csr has two routes, and where a visitor goes in it is nothing to Reqio.

import { ADA } from "../../pages/example.page.ts";
import { expect, test } from "../../support/example-test.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { recordRequests } from "../../support/request-recorder.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

test("moving between routes neither mints nor identifies", async ({ app, page, judge }) => {
  const handedOver = await recordIdentify(page);
  const requests = await recordRequests(page);
  await app.open();
  await app.signInAs(ADA);
  await expect.poll(() => judge.requesters()).toHaveLength(1);
  await answered(page);
  const asked = requests().length;
  for (const route of ["Settings", "Home", "Settings"]) {
    await page.getByRole("link", { name: route }).click();
    await expect(page.getByRole("heading", { name: route })).toBeVisible();
    await expect(app.shows(ADA)).toBeVisible();
  }
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible();
  await answered(page);
  expect(requests()).toHaveLength(asked);
  expect(handedOver()).toHaveLength(1);
});

test("a visitor whom nobody knows costs no request for a token", async ({ app, page }) => {
  const requests = await recordRequests(page);
  await app.open();
  await expect(app.status).toHaveText("Anonymous");
  await answered(page);
  expect(requests("identity_token")).toEqual([]);
});
