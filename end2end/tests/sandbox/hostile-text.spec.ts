// Whatever somebody types is text wherever it is shown.

import { AppPage } from "../../pages/app.page.ts";
import { Widget } from "../../pages/widget.ts";
import { expect, test } from "../../support/test.ts";

const SCRIPT = "<script>window.hostile = true</script>";
const IMAGE = '"><img src=x onerror="window.hostile = true">';
const NAME = `${IMAGE}${SCRIPT}`;

test("script in every field is shown as text by the app, the widget and the team's pages", async ({
  app,
  widget,
  backlog,
  identity,
  anotherBrowser,
}) => {
  await app.open();
  await app.signUpWith(NAME, "hostile@example.test", "a long passphrase");
  await expect(app.userName).toHaveText(NAME);
  await widget.open();
  await expect(widget.who).toContainText("hostile@example.test");
  await widget.file("Request", SCRIPT, IMAGE);
  await widget.show("Home");
  await expect(widget.entry(SCRIPT)).toBeVisible();
  await widget.write("Question", IMAGE, SCRIPT);
  await widget.send();
  await expect(widget.entry(IMAGE)).toBeVisible();

  await expect(backlog.entry(SCRIPT)).toContainText(IMAGE);
  await expect(backlog.entry(IMAGE)).toContainText(SCRIPT);
  await expect(identity.verdicts.first()).toContainText("hostile@example.test");
  await identity.judge(`${IMAGE}${SCRIPT}`);
  await expect(identity.pasted).toContainText("malformed");

  const reader = await anotherBrowser();
  await new AppPage(reader).open();
  const theirs = new Widget(reader);
  await theirs.open();
  await expect(theirs.entry(SCRIPT)).toBeVisible();
  for (const page of [app.page, backlog.page, identity.page, reader]) {
    expect(await page.evaluate(() => "hostile" in window)).toBe(false);
    await expect(page.getByRole("img")).toHaveCount(0);
  }
});

test.describe("an address that is markup", () => {
  test.use({ expected: { errors: [/422.*\/api\/sign_up/] } });

  test("is refused by the server, and the refusal is shown as text", async ({ app }) => {
    await app.open();
    await app.email.evaluate((email: HTMLInputElement) => email.form && (email.form.noValidate = true));
    await app.signUpWith("Ada", `<b>x</b>`, "a long passphrase");
    await expect(app.problem).toBeVisible();
    await expect(app.problem.locator("b")).toHaveCount(0);
    await expect(app.state).toHaveText("anonymous");
  });
});
