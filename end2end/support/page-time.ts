// The page's own time, which a test can let pass: `Date`, `performance.now()` and all timers, and nothing else.

import { expect, type Page } from "@playwright/test";
import { numberTimersLikeABrowser } from "./timer-numbers.ts";
import { answered, countUnanswered } from "./unanswered.ts";

/** Far below the 15 seconds after which the page gives up on a request. */
const STEP_SECONDS = 5;
const SMALL_STEP_SECONDS = 1;
/** Less than the page waits between two tokens. */
const SECONDS_PER_TOKEN = 150;

/** The server's time is not the page's, and tokens that it mints for one user within one second are the same. */
async function anotherSecondOfTheServer(): Promise<void> {
  const second = () => Math.floor(Date.now() / 1_000);
  const before = second();
  await expect.poll(second, { intervals: [20] }).toBeGreaterThan(before);
}

export class PageTime {
  private isPaused = false;
  private sinceAnotherSecond = SECONDS_PER_TOKEN;

  private constructor(private readonly page: Page) {}

  /** Takes over the clock of a page that is yet to be loaded. `wrongBy`: seconds its clock is ahead. */
  static async of(page: Page, { wrongBy = 0 } = {}): Promise<PageTime> {
    await page.clock.install({ time: Date.now() + wrongBy * 1_000 });
    await page.addInitScript(numberTimersLikeABrowser);
    await countUnanswered(page);
    return new PageTime(page);
  }

  /** From now on no time passes but what the test lets pass: what a busy machine takes is in no measured wait. */
  async pause(): Promise<void> {
    if (this.isPaused) return;
    this.isPaused = true;
    // The moment to pause at must not be over when the page hears of it, however busy the machine.
    await this.page.clock.pauseAt((await this.page.evaluate(() => Date.now())) + STEP_SECONDS * 1_000);
  }

  /** Lets time pass in small steps, and the answer to every request arrive in the step it was asked in. */
  async pass(seconds: number): Promise<void> {
    await this.pause();
    for (let left = seconds; left > 0; left -= STEP_SECONDS) {
      await this.letAnotherTokenBe(STEP_SECONDS);
      await this.page.clock.runFor(Math.min(left, STEP_SECONDS) * 1_000);
      await answered(this.page);
    }
  }

  /** Lets time pass while a request is never answered. */
  async passWithoutAnswer(seconds: number): Promise<void> {
    await this.pause();
    await this.page.clock.runFor(seconds * 1_000);
  }

  /** Lets time pass until `reached` says so; fails after `limit` seconds. */
  async passUntil(reached: () => boolean | Promise<boolean>, limit: number): Promise<void> {
    for (let passed = 0; !(await reached()); passed += SMALL_STEP_SECONDS) {
      if (passed >= limit) throw new Error(`it did not come about within ${limit} s of the page's time`);
      await this.pass(SMALL_STEP_SECONDS);
    }
  }

  /** The wall clock jumps, as after a sleep, and no timer notices. */
  async jump(seconds: number): Promise<void> {
    await this.letAnotherTokenBe(seconds);
    await this.page.clock.setSystemTime((await this.page.evaluate(() => Date.now())) + seconds * 1_000);
  }

  /** The tab was away, with its timers stopped: whatever is overdue happens once, late. */
  async sleep(seconds: number): Promise<void> {
    await this.letAnotherTokenBe(seconds);
    await this.page.clock.fastForward(seconds * 1_000);
    await answered(this.page);
  }

  private async letAnotherTokenBe(seconds: number): Promise<void> {
    this.sinceAnotherSecond += Math.abs(seconds);
    if (this.sinceAnotherSecond <= SECONDS_PER_TOKEN) return;
    this.sinceAnotherSecond = 0;
    await anotherSecondOfTheServer();
  }
}
