// The team changes a status, and those behind the request hear of it.

import { PRO } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";

test("a change of status notifies whoever filed the request", async ({ app, widget, judge, backlog }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await widget.open();
  await widget.file("Request", "Dark mode");
  await expect(widget.entry("Dark mode")).toContainText("Needs action");

  await backlog.setStatus("Dark mode", "Completed: Shipped");
  await expect(backlog.status("Dark mode")).toHaveText("Completed: Shipped");
  expect(await judge.features()).toMatchObject([{ title: "Dark mode", status: "shipped" }]);

  await widget.launcher.click();
  await expect(widget.panel).toBeHidden();
  await widget.open();
  await expect(widget.host.getByText("1 new")).toBeVisible();
  await widget.show("Notifications");
  await expect(widget.entry("Dark mode")).toContainText("Completed: Shipped");
  await expect(widget.host.getByText("1 new")).toBeHidden();
});

test("an error report is private: another visitor's widget does not list it", async ({ app, widget, backlog }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await widget.open();
  await widget.file("Error", "The export fails");
  await expect(widget.entry("The export fails")).toContainText("private");
  await expect(backlog.entry("The export fails")).toContainText("Private");
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  await widget.open();
  await expect(widget.panel).toContainText("Nothing here yet.");
  await expect(widget.panel).not.toContainText("The export fails");
});
