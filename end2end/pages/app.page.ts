// The app: what a visitor of the demo sees and does.

import type { Locator, Page } from "@playwright/test";
import { PASSWORD, type Customer } from "../support/customers.ts";

export class AppPage {
  /** Where the tab stands, in a word. */
  readonly state: Locator;
  readonly userName: Locator;
  readonly secondsLeft: Locator;
  readonly claims: Locator;
  readonly monthlyValue: Locator;
  /** What the sandbox made of the token. */
  readonly verdict: Locator;
  readonly problem: Locator;
  readonly plan: Locator;
  readonly signOutButton: Locator;
  readonly tryAgain: Locator;
  /** The widget's tag, as Reqio documents it. */
  readonly widgetTag: Locator;

  constructor(readonly page: Page) {
    this.state = page.getByTestId("state");
    this.userName = page.getByTestId("user-name");
    this.secondsLeft = page.getByTestId("seconds-left");
    this.claims = page.getByLabel("The token, decoded");
    this.monthlyValue = page.getByTestId("monthly-value");
    this.verdict = page.getByTestId("verdict");
    this.problem = page.getByRole("main").getByRole("alert").filter({ hasText: /./ });
    this.plan = page.getByLabel("Plan");
    this.signOutButton = page.getByRole("button", { name: /^Sign(ing)? out/ });
    this.tryAgain = page.locator(".notices").getByRole("button", { name: "Try again" });
    this.widgetTag = page.locator("script[data-project-id]");
  }

  async open(): Promise<void> {
    await this.page.goto("/");
  }

  /** The one-click way. */
  async signInAs(customer: Customer): Promise<void> {
    await this.customerButton(customer).click();
  }

  customerButton({ name }: Customer): Locator {
    return this.page.getByRole("button", { name });
  }

  async signInWith(email: string, password = PASSWORD): Promise<void> {
    await this.page.getByLabel("Email").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  async signUpWith(name: string, email: string, password: string): Promise<void> {
    await this.page.getByRole("button", { name: "Create an account instead" }).click();
    await this.page.getByLabel("Name").fill(name);
    await this.page.getByLabel("Email").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: "Create account" }).click();
  }

  async signOut(): Promise<void> {
    await this.signOutButton.click();
  }

  /** Buys another plan, such as `scale, 99.00 a month`. */
  async choosePlan(offer: string): Promise<void> {
    await this.plan.selectOption({ label: offer });
  }

  notice(text: string | RegExp): Locator {
    return this.page.locator(".notices").getByText(text);
  }
}
