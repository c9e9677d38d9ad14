// What the browser complains about while a test runs, in any page of a context.

import { expect, type BrowserContext } from "@playwright/test";

/** How the browser says that a server did not answer. */
const NO_ANSWER = /net::ERR_(CONNECTION_\w+|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING)/;

interface Outage {
  servers: string[];
  from: number;
  to: number;
}

export class Complaints {
  private readonly errors: string[] = [];
  private readonly unreachable: { error: string; url: string; at: number }[] = [];
  private readonly outages: Outage[] = [];

  /** Listens to every page of `context`, those still to come included. */
  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => {
      if (message.type() !== "error") return;
      const { url } = message.location();
      const error = `${message.text()} (${url})`;
      if (NO_ANSWER.test(error)) this.unreachable.push({ error, url, at: message.timestamp() });
      else this.errors.push(error);
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

  /**
   * Does what stops `servers` for a while and ends with every page's requests answered. Pages may complain that these
   * do not answer meanwhile, or not: what they ask for just then is a matter of chance.
   */
  async whileDown(servers: string[], stopAndStart: () => Promise<void>): Promise<void> {
    const from = Date.now();
    await stopAndStart();
    this.outages.push({ servers, from, to: Date.now() });
  }

  /** Fails unless the browser complained about what was expected, and about nothing else. */
  check(expected: RegExp[]): void {
    const errors = [...this.errors, ...this.unreachable.filter((one) => !this.isOfAnOutage(one)).map(({ error }) => error)];
    const unexpected = errors.filter((error) => !expected.some((pattern) => pattern.test(error)));
    const missing = expected.filter((pattern) => !errors.some((error) => pattern.test(error)));
    expect.soft(unexpected, "errors on the console, and violations of the Content-Security-Policy").toEqual([]);
    expect.soft(missing, "errors that were expected and did not happen").toEqual([]);
  }

  private isOfAnOutage({ url, at }: { url: string; at: number }): boolean {
    return this.outages.some(
      ({ servers, from, to }) => from <= at && at <= to && servers.some((server) => url.startsWith(`${server}/`)),
    );
  }
}
