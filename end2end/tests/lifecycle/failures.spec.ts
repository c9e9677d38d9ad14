// A server that fails, or is out of reach, and comes back.

import { PRO } from "../../support/customers.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { PageTime } from "../../support/page-time.ts";
import { recordRequests } from "../../support/request-recorder.ts";
import { expect, test } from "../../support/test.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

const MINT = "**/api/identity_token";

test.describe("a mint that fails", () => {
  test.use({ expected: { errors: [/500.*\/api\/identity_token/] } });

  test("complaint 3: five times in a row is tried again ever more slowly, and then works", async ({ app }) => {
    const time = await PageTime.of(app.page);
    const mints = await recordRequests(app.page);
    await app.open();
    await time.pause();
    let failures = 0;
    await app.page.route(MINT, (route) => {
      failures += 1;
      if (failures > 5) return route.continue();
      return route.fulfill({ status: 500, json: { error: "identity_error", message: "No token." } });
    });
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("retrying");
    await time.passUntil(() => failures === 6, 60);
    await expect(app.state).toHaveText("identified");
    await expect(app.verdict).toContainText(PRO.email);

    const times = mints("identity_token").map(({ at }) => at);
    const waits = times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / 1_000);
    for (const [index, least] of [1, 2, 4, 8, 16].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(least);
      // Half as long again by chance, and the steps in which time passes here.
      expect(waits[index]).toBeLessThan(least * 1.5 + 2);
    }
  });
});

test.describe("a server that asks for time", () => {
  test.use({ expected: { errors: [/503.*\/api\/identity_token/] } });

  const answers = {
    "is given the time it asks for": {
      json: { error: "unavailable", message: "The server is busy.", retry_after: 60 },
    },
    "is given that time also when a proxy asks in its place": {
      headers: { "retry-after": "60" },
      body: "<h1>Service unavailable</h1>",
    },
  };
  for (const [name, answer] of Object.entries(answers)) {
    test(`complaint 3: ${name}`, async ({ app }) => {
      const time = await PageTime.of(app.page);
      const mints = await recordRequests(app.page);
      await app.open();
      await time.pause();
      await app.page.route(MINT, (route) => route.fulfill({ status: 503, ...answer }), { times: 1 });
      await app.signInAs(PRO);
      await expect(app.state).toHaveText("retrying");
      await time.passUntil(() => mints("identity_token").length === 2, 120);
      await expect(app.state).toHaveText("identified");
      const [first, second] = mints("identity_token");
      const waited = ((second?.at ?? 0) - (first?.at ?? 0)) / 1_000;
      expect(waited).toBeGreaterThanOrEqual(60);
      expect(waited).toBeLessThan(92);
    });
  }
});

test.describe("no network", () => {
  test.use({ expected: { errors: [/ERR_INTERNET_DISCONNECTED/] } });

  test("complaint 3: ten minutes offline end with a token as soon as the network is back", async ({ app, judge }) => {
    const time = await PageTime.of(app.page);
    const handedOver = await recordIdentify(app.page);
    await app.open();
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("identified");
    await app.page.context().setOffline(true);
    await time.pass(10 * 60);
    await expect(app.state).toHaveText("retrying");
    await expect(app.userName).toHaveText(PRO.name);
    expect(handedOver()).toHaveLength(1);

    // Only the event of the network's return can be that quick: no page time passes here to speak of.
    await app.page.context().setOffline(false);
    await expect(app.state).toHaveText("identified");
    expect(handedOver()).toHaveLength(2);
    await answered(app.page);
    expect(await judge.accepted(handedOver()[1]?.token ?? "")).toBe(true);
  });
});

test.describe("a server that cannot say who is signed in", () => {
  test.use({ expected: { errors: [/ERR_CONNECTION_REFUSED.*\/api\/session/] } });

  test("a page load without an answer asks again until there is one", async ({ app }) => {
    const time = await PageTime.of(app.page);
    await app.open();
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("identified");
    await app.page.route("**/api/session", (route) => route.abort("connectionrefused"));
    await app.page.reload();
    await expect(app.state).toHaveText("starting");
    await time.pass(60);
    await expect(app.state).toHaveText("starting");
    await app.page.unroute("**/api/session");
    await time.passUntil(async () => (await app.state.textContent()) === "identified", 60);
    await expect(app.userName).toHaveText(PRO.name);
  });
});

test("a mint that never answers is given up after fifteen seconds, and another one works", async ({ app }) => {
  const time = await PageTime.of(app.page);
  const mints = await recordRequests(app.page);
  await app.open();
  await time.pause();
  await app.page.route(MINT, () => {}, { times: 1 });
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identifying");
  await time.passWithoutAnswer(20);
  await expect(app.state).toHaveText("identified");
  const [first, second] = mints("identity_token");
  const waited = ((second?.at ?? 0) - (first?.at ?? 0)) / 1_000;
  expect(waited).toBeGreaterThanOrEqual(16);
  expect(waited).toBeLessThan(18);
});
