// Whether a page waits for answers.

import type { Page } from "@playwright/test";

declare global {
  interface Window {
    readonly unanswered: number;
  }
}

/**
 * Runs in the page: counts its requests that it has no answer to yet.
 *
 * The page alone knows of a request the moment it makes it; the browser tells a test a little later, and on a busy
 * machine after the next step of the page's time. A request counts until its body is read: what the page makes of an
 * answer follows before anything else runs there.
 */
export function countUnanswered(): void {
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
