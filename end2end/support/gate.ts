// Something that is held back until a test lets it go.

import type { Route } from "@playwright/test";

export class Gate {
  /** Settles when the first one stands before the gate. */
  readonly reached: Promise<void>;
  private readonly opened: Promise<void>;
  private arrive = (): void => {};
  private release = (): void => {};

  constructor() {
    this.opened = new Promise((resolve) => (this.release = resolve));
    this.reached = new Promise((resolve) => (this.arrive = resolve));
  }

  open(): void {
    this.release();
  }

  /** For `page.route`: the request goes to the server at once, and its answer waits here. */
  readonly holdAnswer = async (route: Route): Promise<void> => {
    const answer = await route.fetch();
    this.arrive();
    await this.opened;
    await route.fulfill({ response: answer });
  };

  /** For `page.route`: the request itself waits here. */
  readonly holdRequest = async (route: Route): Promise<void> => {
    this.arrive();
    await this.opened;
    await route.continue();
  };
}
