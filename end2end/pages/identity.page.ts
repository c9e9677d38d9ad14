// The judge's page of the sandbox: the last verdicts, and the box to have a token judged.

import type { Locator, Page } from "@playwright/test";

export class IdentityPage {
  /** The verdict on the pasted token. */
  readonly pasted: Locator;
  /** The verdicts on what was sent, the newest first. */
  readonly verdicts: Locator;

  private constructor(readonly page: Page) {
    this.pasted = page.getByTestId("pasted-verdict");
    this.verdicts = page.getByRole("list", { name: "Last verdicts" }).getByRole("listitem");
  }

  static async open(page: Page, sandboxUrl: string): Promise<IdentityPage> {
    await page.goto(`${sandboxUrl}/p/demo/identity`);
    return new IdentityPage(page);
  }

  async judge(token: string): Promise<void> {
    await this.page.getByLabel("Token", { exact: true }).fill(token);
    await this.page.getByRole("button", { name: "Judge" }).click();
  }
}
