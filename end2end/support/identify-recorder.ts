// Listens in on `window.Reqio.identify` without getting in its way.

import type { Page } from "@playwright/test";

export interface HandedOver {
  token: string;
  /** The page's monotonic clock at the call, in milliseconds: fake where the test fakes it. */
  at: number;
  /** The text of the page at that moment. */
  shown: string;
}

/** Records every call from now on, whatever page is loaded. The answer tells them, the first call first. */
export async function recordIdentify(page: Page): Promise<() => HandedOver[]> {
  const calls: HandedOver[] = [];
  await page.exposeFunction("recordIdentify", (handedOver: HandedOver) => calls.push(handedOver));
  await page.addInitScript(() => {
    type Reqio = { identify(token: string): unknown };
    const { recordIdentify } = window as unknown as { recordIdentify: (handedOver: HandedOver) => void };
    let reqio: Reqio | undefined;
    // Until the widget's script assigns it, `window.Reqio` stays undefined.
    Object.defineProperty(window, "Reqio", {
      get: () => reqio,
      set: (real: Reqio) => {
        reqio = {
          identify(token) {
            recordIdentify({ token, at: performance.now(), shown: document.body?.innerText ?? "" });
            return real.identify(token);
          },
        };
      },
    });
  });
  return () => [...calls];
}
