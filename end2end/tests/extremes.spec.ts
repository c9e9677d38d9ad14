// The page stays right with what people are called, how large they read, and how little room there is.

import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessibility.ts";
import { PRO } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

const LONG_EMAIL = `${"e".repeat(64)}@${"d".repeat(60)}.${"d".repeat(60)}.${"d".repeat(62)}.test`;

const NAMES = {
  "100 letters without a blank": "W".repeat(100),
  "right-to-left letters": "محمد بن موسى الخوارزمي",
  "signs of several code points": "👩‍🚀 Zoë 👨‍👩‍👧‍👦 नमस्ते",
};

/** WCAG 2.2, 1.4.10: 320 px, which is also a 1,280 px window at 400 %. 640 px is that window at 200 %. */
const WIDTHS = [320, 640, 1280];

/** What sticks out of the page to the side, or is cut off where nothing can be scrolled. */
async function misfits(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const describe = (element: Element) => `${element.tagName} ${element.className} ${element.textContent?.slice(0, 30)}`;
    const isCut = (element: Element) =>
      element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "hidden";
    return [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 || isCut(element))
      .map(describe);
  });
}

for (const [what, name] of Object.entries(NAMES)) {
  test(`somebody whose name is ${what}, with the longest email there is, fits at every width`, async ({ app }) => {
    expect(LONG_EMAIL.length).toBe(254);
    await app.open();
    await app.signUpWith(name, LONG_EMAIL, "a long passphrase");
    await expect(app.userName).toHaveText(name);
    await expect(app.verdict).toContainText(LONG_EMAIL);
    for (const width of WIDTHS) {
      await app.page.setViewportSize({ width, height: 900 });
      expect.soft(await misfits(app.page), `at ${width} px`).toEqual([]);
    }
  });
}

test("a name is laid out in the direction that it is written in", async ({ app }) => {
  await app.open();
  await app.signUpWith(NAMES["right-to-left letters"], "m@example.test", "a long passphrase");
  await expect(app.userName).toHaveCSS("direction", "rtl");
});

for (const width of WIDTHS) {
  test(`letters twice as large fit at ${width} px, signed out, signing up and signed in`, async ({ app }) => {
    await app.page.setViewportSize({ width, height: 900 });
    await app.open();
    await expect(app.state).toHaveText("anonymous");
    await app.page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    expect.soft(await misfits(app.page), "signed out").toEqual([]);
    await app.page.getByRole("button", { name: "Create an account instead" }).click();
    expect.soft(await misfits(app.page), "signing up").toEqual([]);
    await app.signInAs(PRO);
    await expect(app.verdict).toContainText(PRO.email);
    expect.soft(await misfits(app.page), "signed in").toEqual([]);
  });
}

test("with forced colours everything that is told by colour is told by more", async ({ app }) => {
  await app.page.emulateMedia({ forcedColors: "active" });
  await app.open();
  await app.signInAs(PRO);
  await expect(app.verdict).toContainText(PRO.email);
  // Surfaces lose their colour: what they set apart needs an edge.
  for (const piece of [app.standing, app.verdict]) await expect(piece).not.toHaveCSS("border-top-style", "none");
  await expectAccessible(app.page, "with forced colours");
});
