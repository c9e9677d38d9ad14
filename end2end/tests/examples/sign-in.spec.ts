// Every example: whoever signs in is identified, for what they pay, and after the sign-out nobody is.

import { ADA, BOB } from "../../pages/example.page.ts";
import { expect, test } from "../../support/example-test.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

for (const exampleName of ["axum", "leptos-csr", "leptos-hydrate", "plain"] as const) {
  test.describe(`examples/${exampleName}`, () => {
    test.use({ exampleName });

    test("a sign-in identifies the user with their monthly worth", async ({ app, judge }) => {
      await app.open();
      await expect(app.nobody).toBeVisible();
      await app.signInAs(ADA);
      await expect(app.shows(ADA)).toBeVisible();
      await expect.poll(() => judge.requesters()).toMatchObject([{ id: ADA.id, monthly_amount: ADA.monthly }]);
    });

    test("a switch of users identifies the second, and never again the first", async ({ app, widget, judge }) => {
      await app.open();
      await app.signInAs(ADA);
      await expect.poll(() => judge.requesters()).toHaveLength(1);
      await app.signInAs(BOB);
      await expect(app.shows(BOB)).toBeVisible();
      await expect.poll(() => judge.requesters()).toContainEqual(expect.objectContaining({ id: BOB.id, monthly_amount: BOB.monthly }));
      const before = await judge.verdicts();
      await widget.open();
      await expect(widget.who).toContainText(BOB.id);
      await answered(app.page);
      const after = await judge.verdictsSince(before);
      expect(new Set(after.map(({ who }) => who))).toEqual(new Set([BOB.id]));
    });

    test("after a sign-out nothing of the widget carries a token", async ({ app, widget, judge }) => {
      await app.open();
      await app.signInAs(ADA);
      await expect.poll(() => judge.requesters()).toHaveLength(1);
      await answered(app.page);
      const before = await judge.verdicts();
      const freshPage = app.page.waitForEvent("load");
      await app.signOut();
      await freshPage;
      await expect(app.nobody).toBeVisible();
      await widget.open();
      await expect(widget.who).toHaveText("You are: anonymous");
      await widget.file("Request", "Dark mode");
      await answered(app.page);
      const after = await judge.verdictsSince(before);
      expect(after.length).toBeGreaterThan(0);
      expect(new Set(after.map(({ who }) => who))).toEqual(new Set(["anonymous"]));
    });
  });
}
