// The picture of the page that the README begins with.

import { SCALE } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

test.use({ viewport: { width: 1200, height: 1300 }, seeded: true });

test("the page with a customer signed in is pictured", async ({ app }) => {
  await app.open();
  await app.signInAs(SCALE);
  await expect(app.verdict).toContainText(SCALE.email);
  await expect(app.backlogFrame.getByRole("heading", { level: 3 }).first()).toBeVisible();
  await app.page.screenshot({ path: new URL("../../docs/images/page.png", import.meta.url).pathname });
});
