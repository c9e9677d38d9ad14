// The backlog, as the team of the product sees it.

import type { Locator, Page } from "@playwright/test";

export class BacklogPage {
  /** The titles, the most valuable first. */
  readonly titles: Locator;
  readonly requesters: Locator;

  private constructor(readonly page: Page) {
    this.titles = page.locator(".backlog").getByRole("heading");
    this.requesters = page.getByRole("table").locator("tbody").getByRole("row");
  }

  static async open(page: Page, sandboxUrl: string): Promise<BacklogPage> {
    await page.goto(`${sandboxUrl}/p/demo`);
    return new BacklogPage(page);
  }

  entry(title: string): Locator {
    return this.page.locator(".backlog > li").filter({ has: this.page.getByRole("heading", { name: title, exact: true }) });
  }

  /** What everyone behind an entry pays a month. */
  revenue(title: string): Locator {
    return this.entry(title).locator(".worth .money");
  }

  voices(title: string): Locator {
    return this.entry(title).locator(".voices");
  }

  async setStatus(title: string, status: string): Promise<void> {
    await this.entry(title).getByLabel("Status").selectOption(status);
    await this.entry(title).getByRole("button", { name: "Set" }).click();
  }
}
