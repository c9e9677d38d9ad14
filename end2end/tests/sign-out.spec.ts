// Signing out leaves an anonymous page: no token anywhere, and none used again.

import { PRO } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";
import { tokenId } from "../support/token.ts";
import { answered, countUnanswered } from "../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

test("signing out leaves an anonymous page, and the old token is never sent again", async ({ app, widget, judge }) => {
  await app.open();
  const minted = app.page.waitForResponse("**/api/identity_token");
  await app.signInAs(PRO);
  const { token } = (await (await minted).json()) as { token: string };
  await expect(app.verdict).toContainText(PRO.email);
  await widget.open();
  await widget.file("Request", "Dark mode");
  expect(await judge.accepted(token)).toBe(true);

  await widget.close();
  await answered(app.page);
  const before = await judge.verdicts();
  const freshPage = app.page.waitForEvent("load");
  await app.signOut();
  await freshPage;

  await expect(app.state).toHaveText("anonymous");
  await expect(app.widgetTag).not.toHaveAttribute("data-identity-token");
  await expect(app.userName).toHaveCount(0);
  await expect(app.claims).toBeHidden();
  await widget.open();
  await expect(widget.who).toHaveText("You are: anonymous");
  await widget.upvote("Dark mode").click();
  await expect(widget.upvote("Dark mode")).toHaveAttribute("aria-pressed", "true");
  await widget.show("Mine");
  await expect(widget.panel).toContainText("Nothing here yet.");

  const after = await judge.verdictsSince(before);
  expect(after.map(({ path }) => path)).toContainEqual(expect.stringContaining("/vote"));
  expect(after.filter(({ who }) => who !== "anonymous")).toEqual([]);
  expect(after.map(({ token_id }) => token_id)).not.toContain(tokenId(token));
});

test("after signing out the server mints no token, and a reload changes nothing", async ({ app }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  const refused = await app.page.request.post("/api/identity_token", { data: {} });
  expect(refused.status()).toBe(401);
  await app.page.reload();
  await expect(app.state).toHaveText("anonymous");
});
