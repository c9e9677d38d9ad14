// Every state of the page at three widths, light and dark, for docs/states.md.

import { mkdir, writeFile } from "node:fs/promises";
import { Explanation } from "../pages/explanation.ts";
import type { AppPage } from "../pages/app.page.ts";
import { SCALE } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

const PICTURES = new URL("../../docs/images/states/", import.meta.url).pathname;

async function signIn(app: AppPage): Promise<Explanation> {
  await app.signInAs(SCALE);
  await expect(app.verdict).toContainText(SCALE.email);
  return new Explanation(app.page);
}

async function withFault(app: AppPage, fault: string): Promise<void> {
  const explanation = await signIn(app);
  await explanation.openFaults();
  await explanation.fault(fault).click();
}

const STATES: Record<string, { reach: (app: AppPage) => Promise<void>; errors?: RegExp[]; refusals?: string[] }> = {
  "signed-out": { reach: async () => {} },
  "signing-up": { reach: (app) => app.page.getByRole("button", { name: "Create an account instead" }).click() },
  "signed-in": { reach: async (app) => void (await signIn(app)) },
  "refused": {
    reach: async (app) => {
      await withFault(app, "The wrong audience");
      await expect(app.verdict).toContainText("audience:");
    },
    errors: [/401/],
    refusals: ["audience"],
  },
  "retrying": {
    reach: async (app) => {
      await withFault(app, "A failing mint");
      await expect(app.state).toHaveText("retrying");
    },
    errors: [/500/],
  },
  "blocked": {
    reach: async (app) => {
      await withFault(app, "A blocked script");
      await expect(app.state).toHaveText("blocked");
      await expect(new Explanation(app.page).faults).toHaveCount(9);
    },
    errors: [/blocked\.js/],
  },
  "signed-out-elsewhere": {
    reach: async (app) => {
      await withFault(app, "Signed out elsewhere");
      await expect(app.state).toHaveText("signed out elsewhere");
    },
    errors: [/401/],
  },
  "sign-out-unfinished": {
    reach: async (app) => {
      await signIn(app);
      await app.page.route("**/api/sign_out", (route) => route.abort());
      await app.signOut();
      await expect(app.state).toHaveText("sign-out unfinished");
    },
    errors: [/ERR_FAILED/],
  },
  "take-home": {
    reach: async (app) => {
      const explanation = await signIn(app);
      await explanation.openPieces();
      await explanation.pieces.first().locator("summary").click();
    },
  },
};

test.beforeAll(() => mkdir(PICTURES, { recursive: true }));

for (const [state, { reach, errors = [], refusals = [] }] of Object.entries(STATES)) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [360, 768, 1440]) {
      test.describe(`${state}, ${colorScheme}, ${width}`, () => {
        test.use({ colorScheme, viewport: { width, height: 900 }, expected: { errors, refusals }, seeded: true });

        test("is pictured", async ({ app }) => {
          await app.open();
          await expect(app.state).toHaveText("anonymous");
          await reach(app);
          // A frame draws nothing while it is out of sight.
          const height = await app.page.evaluate(() => document.documentElement.scrollHeight);
          await app.page.setViewportSize({ width, height });
          await expect(app.backlogFrame.getByRole("heading", { level: 3 }).first()).toBeVisible();
          // WebP, which only the browser's own protocol offers, is a third of what JPEG would be.
          const browser = await app.page.context().newCDPSession(app.page);
          const options = { format: "webp", quality: 40, captureBeyondViewport: true } as const;
          const { data } = await browser.send("Page.captureScreenshot", options);
          await writeFile(`${PICTURES}${state}-${width}-${colorScheme}.webp`, data, "base64");
        });
      });
    }
  }
}
