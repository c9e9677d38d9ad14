// The backlog is ordered by what those behind each request pay, and says so while one looks at it.

import { AppPage } from "../../pages/app.page.ts";
import { Widget } from "../../pages/widget.ts";
import { PRO, SCALE } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";

const [CSV, DARK] = ["Export as CSV", "Dark mode"];

test("a request upvoted as pro and then as scale is worth both, and rises before the eyes", async ({
  app,
  widget,
  judge,
  backlog,
}) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await widget.open();
  await widget.file("Request", CSV);
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  await widget.open();
  await widget.file("Request", DARK);
  await widget.show("Home");
  await expect(backlog.titles).toHaveText([CSV, DARK]);
  await expect(backlog.revenue(DARK)).toHaveText("$0");
  let loads = 0;
  backlog.page.on("load", () => (loads += 1));

  await app.signInAs(PRO);
  await expect(widget.who).toContainText(PRO.email);
  await widget.upvote(DARK).click();
  await expect(backlog.revenue(DARK)).toHaveText("$29");
  await expect(backlog.voices(DARK)).toHaveText("2 people, 1 of them paying");

  await app.signInAs(SCALE);
  await expect(app.userName).toHaveText(SCALE.name);
  await widget.open();
  await expect(widget.who).toContainText(SCALE.email);
  await widget.upvote(DARK).click();
  await expect(backlog.revenue(DARK)).toHaveText("$111.50");
  await expect(backlog.voices(DARK)).toHaveText("3 people, 2 of them paying");
  await expect(backlog.titles).toHaveText([DARK, CSV]);
  await expect(backlog.entry(DARK)).toContainText(`${SCALE.email} scale $82.50`);
  expect(loads).toBe(0);

  expect(await judge.features()).toMatchObject([
    { title: DARK, monthly_revenue: 2_900 + 8_250, voices: 3 },
    { title: CSV, monthly_revenue: 2_900, voices: 1 },
  ]);
});

test("what changes while a request travels to its place waits until it is there", async ({ server, backlog }) => {
  const journeys = await backlog.page.evaluateHandle(() => {
    // Long enough for the next change to come in time on any machine.
    const slow = new CSSStyleSheet();
    slow.replaceSync("::view-transition-group(*), ::view-transition-new(*) { animation-duration: 3s !important; }");
    document.adoptedStyleSheets.push(slow);
    const seconds: number[] = [];
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (update) => {
      const started = performance.now();
      const journey = start(update);
      journey.finished.finally(() => seconds.push((performance.now() - started) / 1_000));
      return journey;
    };
    return seconds;
  });
  for (const title of [CSV, DARK]) {
    const filed = await fetch(`${server.sandboxUrl}/api/features`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-reqio-anonymous-id": "somebody" },
      body: JSON.stringify({ kind: "request", title }),
    });
    expect(filed.status).toBe(201);
    await expect(backlog.entry(title)).toBeVisible();
  }
  await expect.poll(() => journeys.jsonValue()).toHaveLength(2);
  for (const seconds of await journeys.jsonValue()) expect(seconds).toBeGreaterThan(2.9);
  await expect(backlog.page.locator(".backlog > li[style]")).toHaveCount(0);
});

test("a second browser of the same user adds no revenue and no voice", async ({ app, widget, judge, anotherBrowser }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await widget.open();
  await widget.file("Request", DARK);

  const page = await anotherBrowser();
  const [sameUser, theirWidget] = [new AppPage(page), new Widget(page)];
  await sameUser.open();
  await theirWidget.open();
  await expect(theirWidget.upvote(DARK)).toHaveAttribute("aria-pressed", "false");
  await sameUser.signInAs(PRO);
  await expect(theirWidget.who).toContainText(PRO.email);
  await expect(theirWidget.entry(DARK)).toContainText("Your request");
  await expect(theirWidget.upvote(DARK)).toHaveCount(0);
  await theirWidget.show("Mine");
  await expect(theirWidget.entry(DARK)).toBeVisible();
  expect(await judge.features()).toMatchObject([{ title: DARK, monthly_revenue: 2_900, voices: 1 }]);
});

test("one's own request says so and offers nothing to press, also beside other voices", async ({
  app,
  widget,
  anotherBrowser,
}) => {
  await app.open();
  await widget.open();
  await widget.file("Request", DARK);
  await expect(widget.entry(DARK)).toContainText("1 voice");
  const page = await anotherBrowser();
  const theirWidget = new Widget(page);
  await new AppPage(page).open();
  await theirWidget.open();
  await theirWidget.upvote(DARK).click();
  await expect(theirWidget.upvote(DARK)).toHaveAttribute("aria-pressed", "true");
  await expect(theirWidget.entry(DARK)).not.toContainText("Your request");

  await widget.show("Home");
  await widget.launcher.click();
  await widget.open();
  await expect(widget.entry(DARK)).toContainText("2 voices");
  await expect(widget.entry(DARK)).toContainText("Your request");
  await expect(widget.entry(DARK).getByRole("button")).toHaveCount(0);
});

test("an anonymous upvote is a voice without revenue, and is taken back by a second click", async ({
  app,
  widget,
  backlog,
  anotherBrowser,
}) => {
  const author = await anotherBrowser();
  const authorsWidget = new Widget(author);
  await new AppPage(author).open();
  await authorsWidget.open();
  await authorsWidget.file("Question", "When is dark mode coming?");

  await app.open();
  await widget.open();
  const upvote = widget.upvote("When is dark mode coming?");
  await upvote.click();
  await expect(upvote).toHaveAttribute("aria-pressed", "true");
  await expect(backlog.voices("When is dark mode coming?")).toHaveText("2 people, none of them paying");
  await expect(backlog.revenue("When is dark mode coming?")).toHaveText("$0");
  await upvote.click();
  await expect(upvote).toHaveAttribute("aria-pressed", "false");
  await expect(backlog.voices("When is dark mode coming?")).toHaveText("1 person, not paying");
});
