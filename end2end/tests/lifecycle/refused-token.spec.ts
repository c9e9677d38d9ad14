// Complaint 10: "Invalid token", and no reason.

import { PRO } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";

test.use({ expected: { refusals: ["expired"], errors: [/401.*\/api\/(widget-config|features|notifications)/] } });

test("complaint 10: a refused token is shown with the reason and the way to fix it", async ({ app, widget, judge, sandbox }) => {
  await sandbox.clock(600);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText("The sandbox refused the token");
  await expect(app.verdict).toContainText(/expired: .*mint a new one/);
  await widget.open();
  await expect(widget.who).toContainText(/Identity refused \(expired\)/);
  await expect(widget.panel).toContainText("Nothing is shown while the identity is refused.");
  expect(await judge.requesters()).toEqual([]);

  await sandbox.clock(0);
  await app.choosePlan("pro, 290.00 a year");
  await expect(app.verdict).toContainText("The sandbox accepted the token");
  await expect(widget.who).toHaveText(`You are: ${PRO.email}, pro, $24.17 a month`);
});
