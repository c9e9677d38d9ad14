// Whether a page waits for answers.

import type { BrowserContext, Page } from "@playwright/test";

declare global {
  interface Window {
    readonly unanswered: number;
  }
}

/**
 * Counts, in every page that is yet to be loaded there, its requests that it has no answer to yet. It takes the place
 * of the page's `fetch`, so only those specs ask for it that wait for answers.
 */
export async function countUnanswered(where: BrowserContext | Page): Promise<void> {
  await where.addInitScript(count);
}

/**
 * Runs in the page.
 *
 * The page alone knows of a request the moment it makes it; the browser tells a test a little later, and on a busy
 * machine after the next step of the page's time. A request counts until its body is read: what the page makes of an
 * answer follows before anything else runs there.
 */
function count(): void {
  if (Object.hasOwn(window, "unanswered")) return;
  let unanswered = 0;
  const counted = <T>(answer: Promise<T>): Promise<T> => {
    unanswered += 1;
    const arrived = () => (unanswered -= 1);
    answer.then(arrived, arrived);
    return answer;
  };
  const { fetch } = window;
  window.fetch = (...request) => counted(fetch(...request));
  for (const form of ["json", "text"] as const) {
    const read = Response.prototype[form];
    Response.prototype[form] = function () {
      return counted(read.call(this));
    };
  }
  Object.defineProperty(window, "unanswered", { get: () => unanswered });
}

/** Waits until the page has the answer to every request it made. */
export async function answered(page: Page): Promise<void> {
  await page.waitForFunction(() => window.unanswered === 0);
}
