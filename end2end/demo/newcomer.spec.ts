// `cargo xtask demo` as a newcomer runs it: until the page has been used, and then Ctrl-C.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test as base } from "@playwright/test";
import { AppPage } from "../pages/app.page.ts";
import { ROOT } from "../support/binaries.ts";
import { PRO } from "../support/customers.ts";
import { answers } from "../support/demo-server.ts";
import { freePort } from "../support/ports.ts";

interface Demo {
  urls: { app: string; sandbox: string };
  /** Once it has ended: the status that the shell is told, or by which signal. */
  ended: Promise<(number | string | null)[]>;
  /** What Ctrl-C does in a terminal. */
  interrupt: () => void;
}

const test = base.extend<{ demo: Demo }>({
  demo: async ({}, use, testInfo) => {
    const [port, sandboxPort] = [await freePort(testInfo.parallelIndex), await freePort(testInfo.parallelIndex)];
    const urls = { app: `http://localhost:${port}`, sandbox: `http://localhost:${sandboxPort}` };
    const demo = spawn("cargo", ["xtask", "demo"], {
      cwd: ROOT,
      env: {
        ...process.env,
        ADDR: `127.0.0.1:${port}`,
        SANDBOX_ADDR: `127.0.0.1:${sandboxPort}`,
        PUBLIC_URL: urls.app,
        DATABASE_URL: `sqlite://${testInfo.outputPath("accounts.db")}`,
      },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, all of which a signal can be sent to.
      detached: true,
    });
    // Building takes minutes on a new machine, and says what is built.
    demo.stdout.pipe(process.stdout, { end: false });
    demo.stderr.pipe(process.stderr, { end: false });
    const ended = once(demo, "exit");
    const interrupt = () => {
      const runs = demo.exitCode === null && demo.signalCode === null;
      if (runs) process.kill(-demo.pid!, "SIGINT");
    };
    await use({ urls, ended, interrupt });
    interrupt();
    await ended;
  },

  baseURL: async ({ demo }, use) => use(demo.urls.app),
});

test("a newcomer starts the demo, signs in as the form says, and Ctrl-C leaves nothing behind", async ({ demo, page }) => {
  const whoAnswers = async () => {
    const { app, sandbox } = demo.urls;
    return { app: await answers(`${app}/healthz`), sandbox: await answers(`${sandbox}/healthz`) };
  };
  await Promise.race([
    expect.poll(whoAnswers, { timeout: 0 }).toEqual({ app: true, sandbox: true }),
    demo.ended.then(([how]) => Promise.reject(new Error(`it ended before it answered, with ${how}`))),
  ]);

  const app = new AppPage(page);
  await app.open();
  await app.signInWith(PRO.email);
  await expect(app.state).toHaveText("identified");
  await expect(app.userName).toHaveText(PRO.name);

  demo.interrupt();
  expect(await demo.ended, "the server ends in good order").toEqual([0, null]);
  expect(await whoAnswers()).toEqual({ app: false, sandbox: false });
});
