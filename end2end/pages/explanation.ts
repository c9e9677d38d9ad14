// The part of the page that explains the other part.

import type { Locator, Page } from "@playwright/test";

export class Explanation {
  readonly steps: Locator;
  /** The steps that have happened. */
  readonly lit: Locator;
  readonly timeline: Locator;
  readonly whose: Locator;
  readonly faults: Locator;
  readonly takeHome: Locator;
  /** Summaries have no role of their own. */
  readonly faultsSummary: Locator;
  readonly piecesSummary: Locator;
  readonly pieces: Locator;

  constructor(private readonly page: Page) {
    const region = page.getByRole("region", { name: "How it works" });
    this.steps = region.getByRole("region", { name: "One sign-in, step by step" }).getByRole("listitem");
    this.lit = this.steps.and(page.locator("[data-lit]"));
    this.timeline = region.getByRole("log", { name: "Timeline" });
    this.whose = region.getByLabel("Whose moments to show");
    this.faults = region.getByRole("switch");
    this.takeHome = region.getByRole("group").filter({ has: page.getByRole("heading", { name: "Take it home" }) });
    this.faultsSummary = region.locator("summary", { hasText: "What can go wrong" });
    this.piecesSummary = region.locator("summary", { hasText: "Take it home" });
    this.pieces = this.takeHome.getByRole("group");
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
