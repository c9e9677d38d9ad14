// Server and sandbox restarted, as for an update, under an open page.

import { SCALE } from "../../support/customers.ts";
import { identifiedTab } from "../../support/identified-tab.ts";
import { expect, test } from "../../support/test.ts";
import { answered } from "../../support/unanswered.ts";

test("a restart under an open page signs nobody out, and the next token is accepted", async ({
  app,
  server,
  widget,
  judge,
  complaints,
}) => {
  const { time, handedOver } = await identifiedTab(app, SCALE);
  const [before] = handedOver();

  // The next token is due while nobody answers.
  await complaints.whileDown([server.url, server.sandboxUrl], async () => {
    await server.restart(() => time.pass(205));
    await answered(app.page);
  });
  await time.passUntil(() => handedOver().length > 1, 60);
  await expect(app.state).toHaveText("identified");
  const [, after] = handedOver();
  expect(after?.token).not.toBe(before?.token);
  expect(await judge.accepted(after?.token ?? "")).toBe(true);
  await widget.open();
  await expect(widget.who).toContainText(SCALE.email);

  await app.signOut();
  await expect(app.customerButton(SCALE)).toBeVisible();
  await app.signInAs(SCALE);
  await expect(app.verdict).toContainText(SCALE.email);
});
