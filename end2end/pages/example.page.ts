// What the examples have in common: two users, who sign in and out.

import type { Locator, Page } from "@playwright/test";

export interface ExampleUser {
  id: "ada" | "bob";
  name: string;
  /** What they are worth a month, in cents. */
  monthly: number;
}

export const ADA: ExampleUser = { id: "ada", name: "Ada", monthly: 8_250 };
export const BOB: ExampleUser = { id: "bob", name: "Bob", monthly: 2_900 };

export class ExamplePage {
  readonly nobody: Locator;
  /** What identity says of itself, where the example shows it. */
  readonly status: Locator;

  constructor(readonly page: Page) {
    this.nobody = page.getByText("Nobody is signed in.");
    this.status = page.getByRole("main").getByRole("status");
  }

  async open(): Promise<void> {
    await this.page.goto("/");
  }

  shows(user: ExampleUser): Locator {
    return this.page.getByText(`Signed in: ${user.id}`);
  }

  async signInAs(user: ExampleUser): Promise<void> {
    await this.page.getByRole("button", { name: `Sign in as ${user.name}` }).click();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole("button", { name: "Sign out" }).click();
  }
}
