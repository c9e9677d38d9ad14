// Complaint 10: "Invalid token", and no reason.

import { PRO } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";
import { tamperedWith } from "../../support/token.ts";

test.use({ expected: { refusals: ["signature"], errors: [/401.*\/api\/(widget-config|features|notifications)/] } });

test("complaint 10: a refused token is shown with the reason and the way to fix it", async ({ app, widget, judge }) => {
  await app.open();
  await app.page.route(
    "**/api/identity_token",
    async (route) => {
      const answer = await route.fetch();
      const identity = (await answer.json()) as { token: string };
      await route.fulfill({ response: answer, json: { ...identity, token: tamperedWith(identity.token) } });
    },
    { times: 1 },
  );
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText("The sandbox refused the token");
  await expect(app.verdict).toContainText(/signature: .*REQIO_SECRET/);
  await widget.open();
  await expect(widget.who).toContainText(/Identity refused \(signature\)/);
  await expect(widget.panel).toContainText("Nothing is shown while the identity is refused.");
  expect(await judge.requesters()).toEqual([]);

  await app.choosePlan("pro, 290.00 a year");
  await expect(app.verdict).toContainText("The sandbox accepted the token");
  await expect(widget.who).toHaveText(`You are: ${PRO.email}, pro, 24.17 a month`);
});
