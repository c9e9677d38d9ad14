// The part of the page that explains the other part.

import type { Locator, Page } from "@playwright/test";

export class Explanation {
  readonly steps: Locator;
  /** The steps that have happened. */
  readonly lit: Locator;
  readonly timeline: Locator;
  readonly whose: Locator;
  readonly faults: Locator;
  readonly pieces: Locator;

  constructor(private readonly page: Page) {
    const region = page.getByRole("region", { name: "How it works" });
    this.steps = region.getByRole("region", { name: "One sign-in, step by step" }).getByRole("listitem");
    this.lit = region.locator(".path > [data-lit]");
    this.timeline = region.getByLabel("Timeline", { exact: true }).locator("pre");
    this.whose = region.getByLabel("Whose moments to show");
    this.faults = region.getByRole("switch");
    this.pieces = region.locator("#pieces-to-take > details");
  }

  fault(name: string): Locator {
    return this.faults.filter({ hasText: name });
  }

  async openFaults(): Promise<void> {
    await this.page.getByText("What can go wrong").click();
  }

  async openPieces(): Promise<void> {
    await this.page.getByText("Take it home").click();
  }
}
