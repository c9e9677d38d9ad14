// A tab that has been open for a while, for tests of what happens to it later.

import { expect } from "@playwright/test";
import type { AppPage } from "../pages/app.page.ts";
import type { Customer } from "./customers.ts";
import { recordIdentify } from "./identify-recorder.ts";
import { PageTime } from "./page-time.ts";
import { answered, countUnanswered } from "./unanswered.ts";

/** Opens the app in a tab whose time the test moves, and signs in: the widget knows who it is, and nothing is under way. */
export async function identifiedTab(app: AppPage, customer: Customer) {
  await countUnanswered(app.page);
  const time = await PageTime.of(app.page);
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(customer);
  await expect(app.verdict).toContainText(customer.email);
  await answered(app.page);
  return { time, handedOver };
}
