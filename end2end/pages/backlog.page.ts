// The backlog, as the team of the product sees it.

import type { Locator, Page } from "@playwright/test";

export class BacklogPage {
  /** The titles, the most valuable first. */
  readonly titles: Locator;

  private readonly list: Locator;

  private constructor(readonly page: Page) {
    this.list = page.getByRole("list", { name: "Requests" });
    this.titles = this.list.getByRole("heading");
  }

  static async open(page: Page, sandboxUrl: string): Promise<BacklogPage> {
    await page.goto(`${sandboxUrl}/p/demo`);
    return new BacklogPage(page);
  }

  entry(title: string): Locator {
    return this.list.getByRole("listitem").filter({ has: this.page.getByRole("heading", { name: title, exact: true }) });
  }

  /** What everyone behind an entry pays a month. */
  revenue(title: string): Locator {
    return this.entry(title).locator(".worth .money");
  }

  /** How many stand behind an entry, and how many of them pay. */
  voices(title: string): Locator {
    return this.entry(title).locator(".people");
  }

  /** The tag, which has no role; the form beside it has the same words. */
  status(title: string): Locator {
    return this.entry(title).locator(".status");
  }

  async setStatus(title: string, status: string): Promise<void> {
    await this.entry(title).getByLabel("Status").selectOption(status);
    await this.entry(title).getByRole("button", { name: "Set" }).click();
  }
}
