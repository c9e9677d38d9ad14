// What the browser complains about while a test runs, in any page of a context.

import { expect, type BrowserContext } from "@playwright/test";

export class Complaints {
  private readonly errors: string[] = [];

  /** Listens to every page of `context`, those still to come included. */
  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() === "error") this.errors.push(`${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.errors.push(String(error.error())));
    await context.exposeFunction("reportPolicyViolation", (violation: string) => this.errors.push(violation));
    await context.addInitScript(() => {
      const { reportPolicyViolation } = window as unknown as { reportPolicyViolation: (violation: string) => void };
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        reportPolicyViolation(`violation of ${violatedDirective} by ${blockedURI}`),
      );
    });
  }

  /** Fails unless the browser complained about what was expected, and about nothing else. */
  check(expected: RegExp[]): void {
    const unexpected = this.errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
    const missing = expected.filter((pattern) => !this.errors.some((error) => pattern.test(error)));
    expect.soft(unexpected, "errors on the console, and violations of the Content-Security-Policy").toEqual([]);
    expect.soft(missing, "errors that were expected and did not happen").toEqual([]);
  }
}
