// What axe makes of a page.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const GRAVE = ["serious", "critical"];

/**
 * Fails on anything serious or critical: by every rule in light, by that of contrast in dark too. Shadow roots count.
 * Of a page that is looked at elsewhere, one `part` is enough: axe takes its time.
 */
export async function expectAccessible(page: Page, what: string, part?: string): Promise<void> {
  const axe = () => (part ? new AxeBuilder({ page }).include(part) : new AxeBuilder({ page }));
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNothingGrave(axe(), what);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await expectNothingGrave(axe().withRules("color-contrast"), `${what}, in the dark`);
}

async function expectNothingGrave(axe: AxeBuilder, what: string): Promise<void> {
  const { violations, passes } = await axe.setLegacyMode().analyze();
  const grave = violations.filter(({ impact }) => GRAVE.includes(impact ?? ""));
  const found = grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })));
  expect.soft(found, what).toEqual([]);
  expect(passes.length, `rules that found something to look at: ${what}`).toBeGreaterThan(0);
}
