// The `test` of every spec: a server of its own, its pages, and what must hold at the end of each test.

import { test as base, expect, type Page } from "@playwright/test";
import { AppPage } from "../pages/app.page.ts";
import { BacklogPage } from "../pages/backlog.page.ts";
import { IdentityPage } from "../pages/identity.page.ts";
import { Widget } from "../pages/widget.ts";
import { Complaints } from "./complaints.ts";
import { DemoServer } from "./demo-server.ts";
import { Judge } from "./judge.ts";
import type { Options } from "./options.ts";
import { Sandbox } from "./sandbox.ts";

export { expect };

interface Fixtures {
  server: DemoServer;
  complaints: Complaints;
  judge: Judge;
  sandbox: Sandbox;
  app: AppPage;
  widget: Widget;
  /** A page of somebody else: another browser, with cookies and storage of its own. */
  anotherBrowser: () => Promise<Page>;
  /** The team's backlog, open in the team's browser from the start. */
  backlog: BacklogPage;
  /** The judge's page, likewise. */
  identity: IdentityPage;
}

export const test = base.extend<Options & Fixtures>({
  environment: [{}, { option: true }],
  expected: [{}, { option: true }],
  seeded: [false, { option: true }],

  server: async ({ environment, seeded }, use, testInfo) => {
    const server = await DemoServer.start(testInfo.parallelIndex, environment);
    if (!seeded && !environment["REQIO_SECRET"]) await new Sandbox(server.sandboxUrl).empty();
    await use(server);
    await server.stop();
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach("server.log", { body: server.log() });
  },

  baseURL: async ({ server }, use) => use(server.url),

  complaints: async ({ expected }, use) => {
    const complaints = new Complaints();
    await use(complaints);
    complaints.check(expected.errors ?? []);
  },

  context: async ({ context, complaints }, use) => {
    await complaints.watch(context);
    await use(context);
  },

  judge: [
    async ({ server, environment, expected }, use) => {
      const judge = new Judge(server.sandboxUrl);
      await use(judge);
      if (environment["REQIO_SECRET"]) return;
      expect.soft(await judge.refusals(), "tokens the sandbox refused").toEqual(expected.refusals ?? []);
    },
    { auto: true },
  ],

  sandbox: async ({ server }, use) => use(new Sandbox(server.sandboxUrl)),

  app: async ({ page }, use) => use(new AppPage(page)),

  widget: async ({ page }, use) => use(new Widget(page)),

  anotherBrowser: async ({ browser, baseURL, complaints }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async () => {
      const context = await browser.newContext({ baseURL: baseURL ?? "" });
      contexts.push(context);
      await complaints.watch(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },

  backlog: async ({ anotherBrowser, server }, use) => use(await BacklogPage.open(await anotherBrowser(), server.sandboxUrl)),

  identity: async ({ anotherBrowser, server }, use) =>
    use(await IdentityPage.open(await anotherBrowser(), server.sandboxUrl)),
});
