// The whole path in a second engine: its WebAssembly, cookies, policies and shadow roots are its own.

import type { Browser, Page } from "puppeteer-core";
import { PASSWORD, PRO } from "../support/customers.ts";
import { launchFirefox } from "../support/firefox.ts";
import { expect, test } from "../support/test.ts";

const inFirefox = test.extend<{ firefox: Browser; tab: Page }>({
  firefox: async ({}, use) => {
    const firefox = await launchFirefox();
    await use(firefox);
    await firefox.close();
  },

  tab: async ({ firefox }, use) => {
    const tab = await firefox.newPage();
    tab.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    tab.on("pageerror", (error) => complaints.push(String(error)));
    tab.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await use(tab);
    expect.soft(complaints, "errors on Firefox's console, violations of the policy among them").toEqual([]);
  },
});

/** What has this role, and is called so. */
const named = (role: string, name: string) => `::-p-aria([role="${role}"][name="${name}"])`;
/** The field with this label: to Firefox a password has no role. */
const labelled = (label: string) => `::-p-xpath(//*[@id=//label[.="${label}"]/@for])`;
/** What has exactly this text. */
const text = (words: string) => `::-p-xpath(//*[normalize-space()="${words}"])`;
/** The same in the widget, which is in a shadow root. */
const inWidget = (selector: string) => `#reqio-sandbox >>> ${selector}`;

inFirefox("signs in, is identified, asks for something, pays more and signs out", async ({ tab, server, judge }) => {
  const cookies = async () => (await tab.browserContext().cookies()).map(({ name }) => name);

  await tab.goto(server.url);
  await tab.locator(text("anonymous")).wait();

  await tab.locator(labelled("Email")).fill(PRO.email);
  await tab.locator(labelled("Password")).fill(PASSWORD);
  await tab.locator(named("button", "Sign in")).click();
  await tab.locator(text("identified")).wait();
  await tab.locator(text("The sandbox accepted the token")).wait();
  expect(await judge.requester(PRO.email)).toMatchObject({ plan: "pro", monthly_amount: 2_900 });
  expect(await cookies()).toContain("session");

  await tab.locator(inWidget("::-p-text(Your feedback)")).click();
  await tab.locator(inWidget(`::-p-text(You are: ${PRO.email}, pro, $29 a month)`)).wait();
  await tab.locator(inWidget("::-p-text(Request)")).click();
  await tab.locator(inWidget("input")).fill("Dark mode");
  await tab.locator(inWidget("::-p-text(Send)")).click();
  await tab.locator(inWidget("::-p-text(Filed. Thank you.)")).wait();
  expect(await judge.features()).toMatchObject([{ title: "Dark mode", monthly_revenue: 2_900, voices: 1 }]);

  await tab.select(labelled("Plan"), "4");
  await tab.locator(text("99000 cents a year / 12 = 8250 cents a month.")).wait();
  await expect.poll(() => judge.requester(PRO.email)).toMatchObject({ plan: "scale", monthly_amount: 8_250 });

  await tab.locator(named("button", "Sign out")).click();
  await tab.locator(text("anonymous")).wait();
  expect(await cookies()).not.toContain("session");
});
