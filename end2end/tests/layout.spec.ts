// Nothing jumps while the app comes to life in place of what index.html shows until then.

import type { Page } from "@playwright/test";
import { PRO } from "../support/customers.ts";
import { expect, test } from "../support/test.ts";

/** Sums up what has moved since the page was loaded, as the browser does for its Web Vitals. */
async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shifts: unknown[] = [];
    Object.assign(window, { shifts });
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(entry.toJSON());
    });
    observer.observe({ type: "layout-shift", buffered: true });
  });
  return async () => {
    const shifts = await page.evaluate(() => (window as unknown as { shifts: { value: number }[] }).shifts);
    return shifts.reduce((sum, { value }) => sum + value, 0);
  };
}

for (const width of [360, 768, 1440]) {
  test(`nothing jumps at a width of ${width}`, async ({ app, widget }) => {
    await app.page.setViewportSize({ width, height: 900 });
    const shifts = await watchShifts(app.page);
    await app.open();
    await expect(app.state).toHaveText("anonymous");
    await expect(widget.launcher).toBeVisible();
    expect(await shifts()).toBeLessThan(0.05);
  });

  test.describe("without the widget", () => {
    test.use({ expected: { errors: [/ERR_BLOCKED_BY_CLIENT.*widget\.js/] } });

    test(`nothing jumps either at a width of ${width}`, async ({ app }) => {
      await app.page.setViewportSize({ width, height: 900 });
      await app.page.route("**/widget.js", (route) => route.abort("blockedbyclient"));
      const shifts = await watchShifts(app.page);
      await app.open();
      await expect(app.notice(/The feedback widget did not load/)).toBeVisible();
      expect(await shifts()).toBeLessThan(0.05);
    });
  });

  test(`what is below moves up a little for who comes back signed in, at a width of ${width}`, async ({ app, widget }) => {
    await app.page.setViewportSize({ width, height: 900 });
    const shifts = await watchShifts(app.page);
    await app.open();
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("identified");
    await app.page.reload();
    await expect(app.state).toHaveText("identified");
    await expect(widget.launcher).toBeVisible();
    // Web Vitals: up to 0.1 is good.
    expect(await shifts()).toBeLessThan(0.1);
  });
}
