// examples/leptos-csr in a tab that stays open: the clock, the network and a machine that sleeps.

import type { Page } from "@playwright/test";
import { ADA, type ExamplePage } from "../../pages/example.page.ts";
import { expect, test } from "../../support/example-test.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { PageTime } from "../../support/page-time.ts";
import { recordRequests } from "../../support/request-recorder.ts";
import { signedToken } from "../../support/sign.ts";
import { tokenId } from "../../support/token.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

const THREE_YEARS = 3 * 365 * 24 * 60 * 60;

async function signIn(app: ExamplePage): Promise<void> {
  await app.open();
  await app.signInAs(ADA);
  await expect(app.status).toHaveText("Identified");
  await answered(app.page);
}

/** What records, on a page whose time is the test's. */
async function records(page: Page, options?: { wrongBy: number }) {
  const time = await PageTime.of(page, options);
  return { time, handedOver: await recordIdentify(page), requests: await recordRequests(page) };
}

test("a token is renewed at 200 of its 300 seconds, for as long as the tab is open", async ({ app, page, judge }) => {
  const { time, handedOver, requests } = await records(page);
  await signIn(app);
  await time.pass(20 * 60);
  await expect(app.status).toHaveText("Identified");
  const asked = requests("identity_token").map(({ at }) => at);
  for (const [index, at] of asked.slice(1).entries()) {
    expect(at - (asked[index] ?? 0)).toBeGreaterThanOrEqual(200_000);
    expect(at - (asked[index] ?? 0)).toBeLessThan(225_000);
  }
  expect(handedOver().length).toBeGreaterThanOrEqual(6);
  for (const { token } of handedOver()) expect(await judge.accepted(token)).toBe(true);
});

for (const [wrongBy, direction] of [[THREE_YEARS, "ahead"], [-THREE_YEARS, "behind"]] as const) {
  test(`a visitor's clock three years ${direction} changes nothing`, async ({ app, page, judge }) => {
    const { time, handedOver, requests } = await records(page, { wrongBy });
    await signIn(app);
    await time.pass(230);
    expect(requests("identity_token")).toHaveLength(2);
    expect(handedOver()).toHaveLength(2);
    expect(await judge.requesters()).toMatchObject([{ id: ADA.id }]);
  });
}

test.describe("offline", () => {
  test.use({ expected: { errors: [/ERR_INTERNET_DISCONNECTED.*\/api\/identity_token/] } });

  test("is no sign-out, and ends with a token at once when the network is back", async ({ app, page, context }) => {
    const { time, handedOver } = await records(page);
    await signIn(app);
    await context.setOffline(true);
    await time.pass(5 * 60);
    await expect(app.status).toHaveText("Retrying(Failed)");
    await expect(app.shows(ADA)).toBeVisible();
    expect(handedOver()).toHaveLength(1);
    // The page's time stands still, so no timer can have done it.
    await context.setOffline(false);
    await expect(app.status).toHaveText("Identified");
    expect(handedOver()).toHaveLength(2);
  });
});

test.describe("a machine that sleeps", () => {
  test.use({ expected: { refusals: ["expired"], errors: [/401.*\/api\/notifications/] } });

  test("for 400 seconds, while the token expires, has a new one when it wakes", async ({
    app,
    page,
    widget,
    judge,
    example,
  }) => {
    const { time, handedOver } = await records(page);
    // Good for three more seconds, of which the page cannot know.
    const dying = () => signedToken(example.secret, ADA.id, 297);
    await page.route("**/api/identity_token", (route) => route.fulfill({ json: { token: dying(), expires_in: 300 } }), {
      times: 1,
    });
    await signIn(app);
    await widget.open();
    await expect(widget.who).toContainText(ADA.id);
    const [first] = handedOver();
    const headers = { authorization: `Bearer ${first?.token}`, "x-reqio-project": "demo" };
    const verdict = async () => (await fetch(`${example.sandboxUrl}/api/identity`, { headers })).status;
    await expect.poll(verdict).toBe(401);

    await time.pause();
    await time.sleep(400);
    await expect(app.status).toHaveText("Identified");
    expect(handedOver()).toHaveLength(2);
    await expect(widget.who).toContainText(ADA.id);
    expect(await judge.accepted(handedOver()[1]?.token ?? "")).toBe(true);
    expect(tokenId(handedOver()[1]?.token ?? "")).not.toBe(tokenId(first?.token ?? ""));
  });
});
