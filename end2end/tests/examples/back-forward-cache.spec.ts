// examples/leptos-csr and the browser's back/forward cache, which Playwright switches off unless told otherwise.

import type { Page } from "@playwright/test";
import { ADA } from "../../pages/example.page.ts";
import { expect, test } from "../../support/example-test.ts";
import { launchOptions } from "../../support/launch-options.ts";

test.use({ launchOptions: { ...launchOptions, ignoreDefaultArgs: ["--disable-back-forward-cache"] } });

/** Keeps the text of every frame that any page shows from now on. One that is hidden shows none. */
async function recordFrames(page: Page): Promise<Set<string>> {
  const shown = new Set<string>();
  await page.exposeFunction("frameShown", (text: string) => shown.add(text));
  await page.addInitScript(() => {
    const { frameShown } = window as unknown as { frameShown: (text: string) => void };
    const look = () => {
      if (document.documentElement.checkVisibility()) frameShown(document.documentElement.innerText);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return shown;
}

test("a page without a user comes back from the cache, as pages do", async ({ app, page, example }) => {
  await app.open();
  await expect(app.status).toHaveText("Anonymous");
  await page.evaluate(() => Object.assign(window, { isOfBefore: true }));
  await page.goto(`${example.sandboxUrl}/p/demo`);
  // A page from the cache is not loaded.
  await page.goBack({ waitUntil: "commit" });
  await expect.poll(() => page.evaluate(() => "isOfBefore" in window)).toBe(true);
});

test("going back twice after a sign-out shows no frame of the user and asks nothing as them", async ({
  app,
  page,
  example,
  widget,
  judge,
}) => {
  const shown = await recordFrames(page);
  await app.open();
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("Identified");
  await page.goto(`${example.sandboxUrl}/p/demo`);
  await app.open();
  await expect(app.status).toHaveText("Identified");
  await app.signOut();
  await expect(app.nobody).toBeVisible();
  const before = await judge.verdicts();
  shown.clear();

  await page.goBack({ waitUntil: "commit" });
  await expect(page.getByRole("heading", { name: "Backlog" })).toBeVisible();
  await page.goBack({ waitUntil: "commit" });
  await expect(app.nobody).toBeVisible();
  expect([...shown].filter((text) => text.includes("Signed in"))).toEqual([]);
  // It has asked by then.
  await widget.open();
  await expect(widget.who).toHaveText("You are: anonymous");
  const after = await judge.verdictsSince(before);
  expect(new Set(after.map(({ who }) => who))).toEqual(new Set(["anonymous"]));
});

for (const locks of ["with locks", "without locks"]) {
  test(`in a browser ${locks}, a page whose session ended meanwhile comes back without its user`, async ({
    app,
    page,
    context,
    example,
    widget,
    judge,
  }) => {
    if (locks === "without locks") {
      await page.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
    }
    const shown = await recordFrames(page);
    await app.open();
    await app.signInAs(ADA);
    await expect(app.status).toHaveText("Identified");
    await page.goto(`${example.sandboxUrl}/p/demo`);
    await context.clearCookies();
    const before = await judge.verdicts();
    shown.clear();

    await page.goBack({ waitUntil: "commit" });
    await expect(app.nobody).toBeVisible();
    expect([...shown].filter((text) => text.includes("Signed in"))).toEqual([]);
    await widget.open();
    await expect(widget.who).toHaveText("You are: anonymous");
    const after = await judge.verdictsSince(before);
    expect(new Set(after.map(({ who }) => who))).toEqual(new Set(["anonymous"]));
  });
}
