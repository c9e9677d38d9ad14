// The app: what a visitor of the demo sees and does.

import type { FrameLocator, Locator, Page } from "@playwright/test";
import { PASSWORD, type Customer } from "../support/customers.ts";

export class AppPage {
  /** Where the tab stands, in a word. */
  readonly state: Locator;
  /** What the state means, in a sentence. */
  readonly standing: Locator;
  readonly userName: Locator;
  readonly secondsLeft: Locator;
  readonly claims: Locator;
  readonly monthlyValue: Locator;
  /** What the sandbox made of the token. */
  readonly verdict: Locator;
  /** What the server said about what was typed or chosen. */
  readonly problem: Locator;
  /** Of somebody who signs up. */
  readonly name: Locator;
  readonly email: Locator;
  readonly password: Locator;
  /** What index.html says until the app is there. */
  readonly loading: Locator;
  readonly backlogFrame: FrameLocator;
  readonly plan: Locator;
  readonly chosenPlan: Locator;
  readonly signOutButton: Locator;
  readonly notices: Locator;
  readonly tryAgain: Locator;
  /** The widget's tag, as Reqio documents it. */
  readonly widgetTag: Locator;

  constructor(readonly page: Page) {
    const [app, reqio] = ["Your app", "What Reqio sees"].map((name) => page.getByRole("region", { name, exact: true }));
    this.state = page.getByTestId("state");
    this.standing = reqio!.getByRole("status").filter({ has: this.state });
    this.userName = page.getByTestId("user-name");
    this.secondsLeft = page.getByTestId("seconds-left");
    this.claims = page.getByLabel("The token, decoded");
    this.monthlyValue = page.getByTestId("monthly-value");
    this.verdict = page.getByTestId("verdict");
    this.problem = app!.getByRole("alert").filter({ hasText: /./ });
    this.name = app!.getByLabel("Name");
    this.email = app!.getByLabel("Email");
    this.password = app!.getByLabel("Password");
    this.loading = app!.getByText("Loading…");
    this.backlogFrame = page.getByTitle("The team's backlog, live").contentFrame();
    this.plan = page.getByLabel("Plan");
    this.chosenPlan = this.plan.getByRole("option", { selected: true });
    this.signOutButton = page.getByRole("button", { name: /^Sign(ing)? out/ });
    this.notices = page.getByRole("status").filter({ hasNot: page.getByRole("heading") });
    this.tryAgain = page.getByRole("button", { name: "Try again" });
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
    await this.email.fill(email);
    await this.password.fill(password);
    await this.page.getByRole("button", { name: "Sign in", exact: true }).click();
  }

  async signUpWith(name: string, email: string, password: string): Promise<void> {
    await this.page.getByRole("button", { name: "Create an account instead" }).click();
    await this.name.fill(name);
    await this.email.fill(email);
    await this.password.fill(password);
    await this.createAccount();
  }

  /** Sends the form as it is filled in. */
  async createAccount(): Promise<void> {
    await this.page.getByRole("button", { name: "Create account", exact: true }).click();
  }

  /** Unfolds the token's claims. */
  async openClaims(): Promise<void> {
    await this.page.getByText("The token, decoded").click();
  }

  async signOut(): Promise<void> {
    await this.signOutButton.click();
  }

  /** Buys another plan, such as `scale, 99.00 a month`. */
  async choosePlan(offer: string): Promise<void> {
    await this.plan.selectOption({ label: offer });
  }

  notice(text: string | RegExp): Locator {
    return this.notices.getByText(text);
  }
}
