// axe finds nothing serious on the widget and the team's pages, in any state of theirs, light or dark.

import { Widget, type Kind } from "../../pages/widget.ts";
import { expectAccessible } from "../../support/accessibility.ts";
import { PRO } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";
import { tamperedWith } from "../../support/token.ts";

// Every state is looked at twice, in light and in dark, and axe takes its time.
test.describe.configure({ timeout: 180_000 });

/** The page around it is that of ../accessibility.spec.ts. */
const WIDGET = "#reqio-sandbox";
const DARK = "Dark mode";
const KINDS: Kind[] = ["Request", "Error", "Feedback", "Question"];

test("the widget: closed, empty, and each of its forms", async ({ app, widget }) => {
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await expectAccessible(app.page, "the launcher");
  await widget.open();
  await expect(widget.panel).toContainText("Nothing here yet.");
  await expectAccessible(app.page, "an empty list", WIDGET);
  await widget.show("Mine");
  await expectAccessible(app.page, "nothing filed", WIDGET);
  await widget.show("Notifications");
  await expect(widget.panel).toContainText("Nothing new.");
  await expectAccessible(app.page, "no notifications", WIDGET);
  for (const kind of KINDS) {
    await widget.show("Home");
    await widget.write(kind, DARK, "For the night.");
    await expectAccessible(app.page, `the form for ${kind}`, WIDGET);
  }
});

test("the widget: what one filed, the list, an upvote and a notification", async ({
  app,
  widget,
  backlog,
  anotherBrowser,
}) => {
  await app.open();
  await widget.open();
  await widget.file("Request", DARK);
  await widget.show("Home");
  await widget.file("Error", "The export fails");
  await expect(widget.entry("The export fails")).toContainText("private");
  await expectAccessible(app.page, "what one filed", WIDGET);
  await widget.show("Home");
  await expect(widget.entry(DARK)).toContainText("Your request");
  await expectAccessible(app.page, "the list, with one's own", WIDGET);

  const page = await anotherBrowser();
  const theirs = new Widget(page);
  await page.goto("/");
  await theirs.open();
  await theirs.upvote(DARK).click();
  await expect(theirs.upvote(DARK)).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page, "the list, with an upvote", WIDGET);
  await backlog.setStatus(DARK, "Completed: Shipped");
  await theirs.launcher.click();
  await theirs.open();
  await expect(theirs.host.getByText("1 new")).toBeVisible();
  await expectAccessible(page, "a notification not yet seen", WIDGET);
  await theirs.show("Notifications");
  await expect(theirs.entry(DARK)).toContainText("Completed: Shipped");
  await expectAccessible(page, "the notifications", WIDGET);
});

test.describe("the widget when something is wrong", () => {
  test.use({
    expected: {
      refusals: ["signature"],
      errors: [/503.*\/api\/features/, /401.*\/api\/(widget-config|features|notifications)/, /ERR_FAILED/],
    },
  });

  test("the widget: a submit that failed, a list that did not load, a refused token", async ({ app, widget }) => {
    await app.open();
    const minted = app.page.waitForResponse("**/api/identity_token");
    await app.signInAs(PRO);
    const { token } = (await (await minted).json()) as { token: string };
    await widget.open();
    await expect(widget.who).toContainText(PRO.email);
    const faulty = { status: 503, headers: { "access-control-allow-origin": "*" }, json: { message: "A fault." } };
    await app.page.route("**/api/features", (route) => route.fulfill(faulty));
    await widget.write("Request", DARK);
    await widget.send();
    await expect(widget.panel.getByRole("alert")).toHaveText("A fault.");
    await expect(widget.panel.getByLabel("Title")).toHaveValue(DARK);
    await expectAccessible(app.page, "a submit that failed", WIDGET);

    await app.page.unroute("**/api/features");
    await app.page.route("**/api/features/mine", (route) => route.abort());
    await app.page.reload();
    await widget.open();
    await widget.show("Mine");
    await expect(widget.panel).toContainText("This could not be loaded.");
    await expectAccessible(app.page, "a list that did not load", WIDGET);

    await widget.identify(tamperedWith(token));
    await expect(widget.who).toContainText("Identity refused (signature)");
    await expectAccessible(app.page, "a refused token", WIDGET);
  });
});

test.describe("the team's pages", () => {
  test.use({ expected: { refusals: ["signature"], errors: [/401.*\/api\/(widget-config|features|notifications)/] } });

  test("the team's pages: empty, then with requests, requesters and verdicts on them", async ({
    app,
    widget,
    backlog,
    identity,
  }) => {
    await expectAccessible(backlog.page, "the empty backlog");
    await expectAccessible(identity.page, "no verdicts yet");
    await app.open();
    const minted = app.page.waitForResponse("**/api/identity_token");
    await app.signInAs(PRO);
    const { token } = (await (await minted).json()) as { token: string };
    await expect(app.state).toHaveText("identified");
    await widget.open();
    await widget.file("Request", DARK, "For the night.");
    await widget.show("Home");
    await widget.file("Error", "The export fails");
    await expect(backlog.titles).toHaveCount(2);
    await backlog.setStatus(DARK, "In progress");
    await expect(backlog.status(DARK)).toHaveText("In progress");
    await expectAccessible(backlog.page, "the backlog");
    await identity.judge(token);
    await expect(identity.pasted).toContainText("accepted");
    await expectAccessible(identity.page, "a pasted token that is accepted");
    await widget.identify(tamperedWith(token));
    await expect(identity.verdicts.first()).toContainText("signature");
    await identity.judge(tamperedWith(token));
    await identity.page.locator("summary").first().click();
    await expectAccessible(identity.page, "the verdicts, one of them a refusal");
  });
});
