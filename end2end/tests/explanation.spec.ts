// The page explains what it does: in a picture, line by line, and in pieces to copy.

import { Explanation } from "../pages/explanation.ts";
import { PRO } from "../support/customers.ts";
import { recordIdentify } from "../support/identify-recorder.ts";
import { expect, test } from "../support/test.ts";

test("the six steps of a sign-in light up, and say what went over the wire without the token", async ({ app }) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  const explanation = new Explanation(app.page);
  await expect(app.state).toHaveText("anonymous");
  await expect(explanation.steps).toHaveCount(6);
  await expect(explanation.lit).toHaveCount(0);
  await app.signInAs(PRO);
  await expect(app.verdict).toBeVisible();
  await expect(explanation.lit).toHaveCount(6);
  const token = handedOver()[0]?.token ?? "";
  const redacted = `${token.slice(0, 8)}…${token.slice(-4)}`;
  await expect(explanation.steps.nth(3)).toContainText(`{"token": "${redacted}", "expires_in": 300}`);
  await expect(explanation.steps.nth(4)).toContainText(`window.Reqio.identify("${redacted}")`);
  await expect(explanation.steps.nth(5)).toContainText(PRO.email);
  for (const answer of [1, 3, 5]) await expect(explanation.steps.nth(answer)).toContainText(/after \d+ ms/);
  const signature = token.split(".")[2] ?? "";
  expect(await app.page.locator("body").innerText()).not.toContain(signature.slice(0, 20));
});

test("every step leads to the code that takes it, as this server was built", async ({ app }) => {
  await app.open();
  const explanation = new Explanation(app.page);
  const files = await explanation.steps.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  expect(files).toHaveLength(6);
  for (const file of files) {
    const answer = await app.page.request.get(file ?? "");
    expect(answer.headers()["content-type"], file ?? "").toBe("text/plain; charset=utf-8");
    expect(await answer.text(), file ?? "").toMatch(/^\/\/! /);
  }
});

test("a page that is loaded anew shows the token on the script tag as its fifth step", async ({ app }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await app.page.reload();
  await expect(app.verdict).toContainText(PRO.email);
  const explanation = new Explanation(app.page);
  await expect(explanation.lit).toHaveCount(3);
  await expect(explanation.steps.nth(4)).toContainText(/<script data-identity-token="eyJ.{5}….{4}">/);
});

test("the timeline tells what happened, of one place if wanted, and can be copied", async ({ app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText(PRO.email);
  const explanation = new Explanation(app.page);
  for (const moment of ["POST /api/session {}", "Nobody is signed in.", "POST /api/identity_token {}", PRO.email]) {
    await expect(explanation.timeline).toContainText(moment);
  }
  await explanation.whose.selectOption("reqio");
  await expect(explanation.timeline).toHaveText(/^\d+ ms\treqio\tYou are .*\n$/, { useInnerText: true });
  await app.page.getByRole("button", { name: "Copy as text" }).click();
  await expect(app.page.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await explanation.timeline.textContent());
});

test("the pieces to take home carry the project's own values and copy as they stand", async ({ app, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  const explanation = new Explanation(app.page);
  await explanation.openPieces();
  await expect(explanation.pieces).toHaveCount(6);
  const environment = explanation.pieces.last();
  await environment.locator("summary").click();
  await expect(environment).toContainText("REQIO_AUDIENCE=https://reqio.app/p/demo");
  await environment.getByRole("button", { name: "Copy" }).click();
  await expect(environment.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await environment.locator("pre").textContent());
});

test("an answer that does not come is asked for again at the next click", async ({ app }) => {
  await app.page.route("**/api/lessons", (route) => route.fulfill({ status: 200, body: "no JSON" }), { times: 1 });
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  const explanation = new Explanation(app.page);
  const answered = app.page.waitForResponse("**/api/lessons");
  await explanation.openPieces();
  await answered;
  await expect(explanation.takeHome.getByRole("alert")).toHaveText(/The server's answer is not what this page expects/);
  await expect(explanation.pieces).toHaveCount(0);
  // Closed, and opened once more.
  await explanation.openPieces();
  await explanation.openPieces();
  await expect(explanation.pieces).toHaveCount(6);
});
