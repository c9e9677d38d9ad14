// The demo starts with a backlog of customers of every plan, so that the first upvote moves something.

import { FREE, PRO } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";

test.use({ seeded: true });

const DARK = "Dark mode";

test("the first upvote of a paying customer makes a request rise in the team's backlog", async ({ app, widget, backlog }) => {
  const before = await backlog.titles.allTextContents();
  const revenue = Number((await backlog.revenue(DARK).innerText()).slice(1));
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await widget.open();
  await widget.upvote(DARK).click();

  await expect(backlog.revenue(DARK)).toHaveText(`$${revenue + PRO.monthly / 100}`);
  const place = before.indexOf(DARK);
  await expect.poll(async () => (await backlog.titles.allTextContents()).indexOf(DARK)).toBeLessThan(place);
});

test("the first upvote of a free customer is a person more", async ({ app, widget, backlog }) => {
  await app.open();
  await app.signInAs(FREE);
  await expect(app.state).toHaveText("identified");
  await widget.open();
  await expect(backlog.voices(DARK)).toHaveText("4 people, 2 of them paying");
  await widget.upvote(DARK).click();
  await expect(backlog.voices(DARK)).toHaveText("5 people, 2 of them paying");
});
