// What tabs tell each other.

import type { BrowserContext } from "@playwright/test";

/** Records every message that any page of `context` posts to the others from now on. */
export async function recordTabMessages(context: BrowserContext): Promise<() => unknown[]> {
  const messages: unknown[] = [];
  await context.exposeFunction("recordTabMessage", (message: unknown) => messages.push(message));
  await context.addInitScript(() => {
    const { recordTabMessage } = window as unknown as { recordTabMessage: (message: unknown) => void };
    const post = BroadcastChannel.prototype.postMessage;
    BroadcastChannel.prototype.postMessage = function (message: unknown) {
      recordTabMessage(message);
      post.call(this, message);
    };
  });
  return () => [...messages];
}
