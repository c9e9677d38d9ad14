// When the page calls its server, on the page's own clock.

import type { Page } from "@playwright/test";

export interface Requested {
  endpoint: string;
  /** The page's monotonic clock at the call, in milliseconds: fake where the test fakes it. */
  at: number;
}

/** Records every call of one of the app's endpoints from now on. The answer tells those
 * of one endpoint, or of all, the first call first. */
export async function recordRequests(page: Page): Promise<(endpoint?: string) => Requested[]> {
  const requests: Requested[] = [];
  await page.exposeFunction("recordRequest", (endpoint: string, at: number) => requests.push({ endpoint, at }));
  await page.addInitScript(() => {
    const { recordRequest } = window as unknown as { recordRequest: (endpoint: string, at: number) => void };
    const fetch = window.fetch;
    window.fetch = (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input, location.href);
      // Not the app's own files: WebAssembly is fetched too.
      if (url.origin === location.origin && url.pathname.startsWith("/api/")) recordRequest(url.pathname.replace("/api/", ""), performance.now());
      return fetch(input, init);
    };
  });
  return (endpoint) => requests.filter((request) => endpoint === undefined || request.endpoint === endpoint);
}
