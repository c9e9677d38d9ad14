// A tab that stays open for long, sleeps, or has a wrong clock.

import { PRO } from "../../support/customers.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { PageTime } from "../../support/page-time.ts";
import { recordRequests } from "../../support/request-recorder.ts";
import { expect, test } from "../../support/test.ts";
import { claimsOf } from "../../support/token.ts";

const LIFETIME_MS = 300_000;

test("complaint 1: twenty minutes of an open tab are an unbroken chain of valid tokens", async ({ app, judge }) => {
  const time = await PageTime.of(app.page);
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await time.pass(20 * 60);
  await expect(app.state).toHaveText("identified");

  // The sandbox judges by its own clock, so that the chain has no gap is shown in the page's time.
  const chain = handedOver();
  const gaps = chain.slice(1).map(({ at }, index) => at - (chain[index]?.at ?? 0));
  expect(gaps.length).toBeGreaterThanOrEqual(5);
  expect(Math.max(...gaps)).toBeLessThan(LIFETIME_MS - 60_000);
  const end = await app.page.evaluate(() => performance.now());
  expect(end - (chain.at(-1)?.at ?? 0)).toBeLessThan(LIFETIME_MS - 60_000);
  for (const { token } of chain) expect(await judge.accepted(token)).toBe(true);
  expect(new Set(chain.map(({ token }) => claimsOf(token).email))).toEqual(new Set([PRO.email]));
});

for (const [minutes, direction] of [[10, "ahead"], [-10, "behind"]] as const) {
  test(`complaint 4: a visitor's clock ten minutes ${direction} changes nothing`, async ({ app }) => {
    const time = await PageTime.of(app.page, { wrongBy: minutes * 60 });
    const mints = await recordRequests(app.page);
    await app.open();
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("identified");
    expect(Number(await app.secondsLeft.innerText())).toBeGreaterThan(290);
    expect(Number(await app.secondsLeft.innerText())).toBeLessThanOrEqual(300);

    await time.pass(5 * 60);
    const [first, second, ...more] = mints("identity_token");
    expect(more).toEqual([]);
    const wait = (second?.at ?? 0) - (first?.at ?? 0);
    expect(wait).toBeGreaterThanOrEqual(200_000);
    expect(wait).toBeLessThan(225_000);
  });
}

test("complaint 4: a clock set back ten minutes while the tab is open does not delay the next token", async ({ app }) => {
  const time = await PageTime.of(app.page);
  const mints = await recordRequests(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await time.jump(-10 * 60);
  await time.pass(225);
  expect(mints("identity_token")).toHaveLength(2);
});

test("complaint 5: a tab that comes back after a sleep asks for a token at once, before any timer", async ({ app }) => {
  const time = await PageTime.of(app.page);
  const mints = await recordRequests(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await time.pause();
  await time.jump(10 * 60);
  expect(mints("identity_token")).toHaveLength(1);

  await app.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await expect.poll(() => mints("identity_token").length).toBe(2);
  await expect(app.state).toHaveText("identified");
  expect(Number(await app.secondsLeft.innerText())).toBeGreaterThan(290);
});

test("complaint 5: a timer that fires ten minutes late brings a token at once", async ({ app }) => {
  const time = await PageTime.of(app.page);
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await time.sleep(10 * 60);
  await expect.poll(() => handedOver().length).toBe(2);
  await expect(app.state).toHaveText("identified");
});

test("coming back early does not ask for a token before it is due", async ({ app }) => {
  const time = await PageTime.of(app.page);
  const mints = await recordRequests(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await time.pass(60);
  await app.page.evaluate(() => {
    for (const event of ["visibilitychange", "online", "pageshow"]) dispatchEvent(new Event(event));
  });
  await time.pass(1);
  expect(mints("identity_token")).toHaveLength(1);
});
