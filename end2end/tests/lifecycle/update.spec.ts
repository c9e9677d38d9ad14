// Another version of the server, with another page, takes the place of the one that a page is from.

import { TITLE } from "../../support/another-build.ts";
import { PRO, SCALE } from "../../support/customers.ts";
import { identifiedTab } from "../../support/identified-tab.ts";
import { expect, test } from "../../support/test.ts";
import { answered } from "../../support/unanswered.ts";

const FILES = /\.(js|wasm|css|svg)$/;

test("an open page goes on after an update, and is the new one once it is loaded again", async ({
  app,
  server,
  widget,
  judge,
  complaints,
}) => {
  const { time, handedOver } = await identifiedTab(app, SCALE);

  await server.update();
  await complaints.whileDown([server.url, server.sandboxUrl], async () => {
    await server.restart(() => time.pass(5));
    await answered(app.page);
  });
  await time.passUntil(() => handedOver().length > 1, 250);
  await expect(app.state).toHaveText("identified");
  const [before, after] = handedOver();
  expect(after?.token).not.toBe(before?.token);
  expect(await judge.accepted(after?.token ?? "")).toBe(true);
  await widget.open();
  await expect(widget.who).toContainText(SCALE.email);
  await expect(app.page, "nothing loads the page behind its visitor's back").not.toHaveTitle(TITLE);

  // Signing out loads the page.
  await app.signOut();
  await expect(app.page).toHaveTitle(TITLE);
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText(PRO.email);
});

test.describe("files that are gone", () => {
  test.use({ expected: { errors: [/404.*\.(js|wasm|svg)/, /Refused to apply style.*\.css/] } });

  test("a page whose files are gone when it asks for them says so, and once loaded again is the new one", async ({ app, server }) => {
    const { page } = app;
    let updated = () => {};
    const updating = new Promise<void>((resolve) => (updated = resolve));
    await page.route(FILES, async (route) => {
      await updating;
      await route.continue();
    });
    const asked = page.waitForRequest(/\.js$/);
    await page.goto("/", { waitUntil: "commit" });
    await asked;
    await server.update();
    await server.restart(async () => {});
    updated();

    await expect(page.getByText("a newer version may have taken its place")).toBeVisible();
    await expect(page).not.toHaveTitle(TITLE);
    await page.reload();
    await expect(page).toHaveTitle(TITLE);
    await expect(app.state).toHaveText("anonymous");
  });
});

test.describe("requests of before", () => {
  test.use({ expected: { errors: [/404.*\/api\/sign_in/, /422.*\/api\/sign_in/] } });

  test("a page that the server no longer understands says that it is to be loaded again", async ({ app }) => {
    await app.open();
    const changes = [
      { url: new URL("/api/sign_in_of_before", app.page.url()).href },
      { postData: JSON.stringify({ name: PRO.name }) },
    ];
    for (const change of changes) {
      await app.page.route("**/api/sign_in", (route) => route.continue(change), { times: 1 });
      const answer = app.page.waitForResponse("**/api/sign_in*");
      await app.signInWith(PRO.email);
      await answer;
      await expect(app.problem).toHaveText(/If a page says so, load it again\./);
    }
  });
});
