// The widget is open while its visitor becomes somebody.

import { PRO } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";

test("complaint 8: a sign-in while the widget is open shows in it at once, without a reload", async ({ app, widget }) => {
  await app.open();
  let loads = 0;
  app.page.on("load", () => (loads += 1));
  await widget.open();
  await expect(widget.who).toHaveText("You are: anonymous");
  await app.signInAs(PRO);
  await expect(widget.who).toHaveText(`You are: ${PRO.email}, pro, $29 a month`);
  await expect(widget.panel).toBeVisible();
  expect(loads).toBe(0);
});

test("complaint 8: what is being written when the visitor signs in stays, and is filed as theirs", async ({
  app,
  widget,
  judge,
}) => {
  await app.open();
  await widget.open();
  await widget.write("Request", "Dark mode", "My eyes hurt at night.");
  await app.signInAs(PRO);
  await expect(widget.who).toContainText(PRO.email);
  await expect(widget.panel.getByLabel("Title")).toHaveValue("Dark mode");
  await expect(widget.panel.getByLabel("Details")).toHaveValue("My eyes hurt at night.");
  await widget.send();
  await expect(widget.news).toHaveText("Filed. Thank you.");
  expect(await judge.features()).toMatchObject([{ title: "Dark mode", monthly_revenue: 2_900, voices: 1 }]);
});
