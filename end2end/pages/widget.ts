// The sandbox's widget, in its shadow root on the page that embeds it.

import type { Locator, Page } from "@playwright/test";

export type Kind = "Request" | "Error" | "Feedback" | "Question";

export class Widget {
  readonly host: Locator;
  readonly launcher: Locator;
  readonly panel: Locator;
  /** Who the widget says the visitor is. */
  readonly who: Locator;
  /** What became of the last thing done. */
  readonly news: Locator;

  constructor(readonly page: Page) {
    this.host = page.locator("#reqio-sandbox");
    this.launcher = this.host.getByRole("button", { name: "Your feedback" });
    this.panel = this.host.getByRole("dialog", { name: "Feedback" });
    this.who = this.panel.getByRole("status", { name: "Who you are" });
    this.news = this.panel.getByRole("status", { name: "News" });
  }

  /** Hands it a token, as a page does. */
  async identify(token: string): Promise<void> {
    await this.page.evaluate((handedOver) => {
      (window as unknown as { Reqio: { identify(token: string): void } }).Reqio.identify(handedOver);
    }, token);
  }

  async open(): Promise<void> {
    await this.launcher.click();
  }

  /** From then on it asks for nothing by itself. */
  async close(): Promise<void> {
    await this.panel.getByRole("button", { name: "Close" }).click();
  }

  async show(view: "Home" | "Mine" | "Notifications"): Promise<void> {
    await this.panel.getByRole("button", { name: view, exact: true }).click();
  }

  async write(kind: Kind, title: string, details = ""): Promise<void> {
    await this.panel.getByRole("button", { name: kind, exact: true }).click();
    await this.panel.getByLabel("Title").fill(title);
    await this.panel.getByLabel("Details").fill(details);
  }

  async send(): Promise<void> {
    await this.panel.getByRole("button", { name: "Send" }).click();
  }

  /** Files something and waits until it is filed. */
  async file(kind: Kind, title: string, details = ""): Promise<void> {
    await this.write(kind, title, details);
    await this.send();
    await this.news.getByText("Filed. Thank you.").waitFor();
  }

  /** The button that upvotes, and takes the upvote back. */
  upvote(title: string): Locator {
    return this.panel.getByRole("button", { name: `Upvote “${title}”` });
  }

  /** An entry of the list in view. */
  entry(title: string): Locator {
    return this.panel.getByRole("listitem").filter({ hasText: title });
  }
}
