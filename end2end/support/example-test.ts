// The `test` of the specs of the examples: an example and a sandbox of its own, and what must hold at the end.

import { test as base, expect } from "@playwright/test";
import { ExamplePage } from "../pages/example.page.ts";
import { Widget } from "../pages/widget.ts";
import { Complaints } from "./complaints.ts";
import { Example, type ExampleName } from "./example.ts";
import { Judge } from "./judge.ts";
import type { Expected } from "./options.ts";

export { expect };

interface Options {
  exampleName: ExampleName;
  expected: Expected;
}

interface Fixtures {
  example: Example;
  complaints: Complaints;
  judge: Judge;
  app: ExamplePage;
  widget: Widget;
}

export const test = base.extend<Options & Fixtures>({
  exampleName: ["leptos-csr", { option: true }],
  expected: [{}, { option: true }],

  example: async ({ exampleName }, use, testInfo) => {
    const example = await Example.start(exampleName);
    await use(example);
    await example.stop();
    if (testInfo.status !== testInfo.expectedStatus) await testInfo.attach("example.log", { body: example.log() });
  },

  baseURL: async ({ example }, use) => use(example.url),

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
    async ({ example, expected }, use) => {
      const judge = new Judge(example.sandboxUrl);
      await use(judge);
      expect.soft(await judge.refusals(), "tokens the sandbox refused").toEqual(expected.refusals ?? []);
    },
    { auto: true },
  ],

  app: async ({ page }, use) => use(new ExamplePage(page)),

  widget: async ({ page }, use) => use(new Widget(page)),
});
