// Reqio's promise on the page itself: what a customer asks for rises by what they pay.

import { SCALE } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

test("what is filed as Stella appears in the backlog on the page, worth what she pays", async ({ app, widget }) => {
  await app.open();
  await app.signInAs(SCALE);
  await expect(app.verdict).toContainText(SCALE.email);
  const entries = app.backlogFrame.getByRole("heading", { level: 2 });
  await expect(app.backlogFrame.getByRole("heading", { name: "Backlog", level: 1 })).toBeVisible();
  await expect(entries).toHaveCount(0);
  // A browser draws nothing in a frame out of sight, and the backlog lets its entries travel as they are drawn.
  await app.page.getByTitle("The team's backlog, live").scrollIntoViewIfNeeded();
  await widget.open();
  await widget.file("Request", "Dark mode");
  await expect(entries).toHaveText(["Dark mode"]);
  await expect(app.backlogFrame.getByRole("listitem").filter({ hasText: "Dark mode" }).first()).toContainText("82.50");
});
