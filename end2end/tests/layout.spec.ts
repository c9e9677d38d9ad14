// Nothing jumps while the app comes to life in place of what index.html shows until then.

import { expect, test } from "../support/test.ts";

for (const width of [360, 768, 1440]) {
  test(`nothing jumps at a width of ${width}`, async ({ app }) => {
    await app.page.setViewportSize({ width, height: 900 });
    await app.page.addInitScript(() => {
      const shifts: unknown[] = [];
      Object.assign(window, { shifts });
      const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(entry.toJSON());
      });
      observer.observe({ type: "layout-shift", buffered: true });
    });
    await app.open();
    await expect(app.state).toHaveText("anonymous");
    await expect(app.page.getByRole("button", { name: "Your feedback" })).toBeVisible();
    const shifts = await app.page.evaluate(() => (window as unknown as { shifts: { value: number }[] }).shifts);
    // Web Vitals: up to 0.1 is good.
    expect(shifts.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(0.05);
  });
}
