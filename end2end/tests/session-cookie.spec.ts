// The session's cookie as a real browser keeps it, over http on one's own machine and over https.

import type { BrowserContext } from "@playwright/test";
import { PRO } from "../support/customers.ts";
import { DemoServer } from "../support/demo-server.ts";
import { HttpsProxy } from "../support/https-proxy.ts";
import { freePort } from "../support/ports.ts";
import { expect, test } from "../support/test.ts";

const WEEK = 7 * 24 * 60 * 60;

/** The session's cookie, beside the one by which a browser is known at its next sign-in. */
async function cookie(context: BrowserContext) {
  const [device, session, ...others] = (await context.cookies()).sort((one, other) => one.name.localeCompare(other.name));
  expect(others).toEqual([]);
  expect(device?.name).toMatch(/^(__Host-)?device$/);
  return session!;
}

async function names(context: BrowserContext) {
  return (await context.cookies()).map(({ name }) => name);
}

test("over http the cookie is out of reach of scripts, and signing out removes it", async ({ app, context }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  const { name, secure, httpOnly, sameSite, path } = await cookie(context);
  expect({ name, secure, httpOnly, sameSite, path }).toEqual({
    name: "session",
    secure: false,
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
  });
  expect(await app.page.evaluate("document.cookie")).toBe("");
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  expect(await names(context)).toEqual(["device"]);
});

const overHttps = test.extend<{ front: HttpsProxy }>({
  // Playwright wants the braces: a fixture says by them what it needs.
  front: async ({}, use, testInfo) => {
    const front = await HttpsProxy.start(await freePort(testInfo.parallelIndex));
    await use(front);
    await front.stop();
  },

  server: async ({ front }, use, testInfo) => {
    const environment = { PUBLIC_URL: front.url, TRUSTED_PROXY: "127.0.0.1" };
    const server = await DemoServer.start(testInfo.parallelIndex, environment);
    front.handOnTo(server.url);
    await use(server);
    await server.stop();
  },

  baseURL: async ({ front }, use) => use(front.url),
});

overHttps.use({ ignoreHTTPSErrors: true });

overHttps("over https the cookie is this host's alone, and signing out removes it", async ({ app, context }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  const { name, secure, httpOnly, sameSite, path, domain, expires } = await cookie(context);
  expect({ name, secure, httpOnly, sameSite, path, domain }).toEqual({
    name: "__Host-session",
    secure: true,
    httpOnly: true,
    sameSite: "Lax",
    path: "/",
    domain: "localhost",
  });
  expect(Math.abs(expires - Date.now() / 1000 - WEEK)).toBeLessThan(60);
  expect(await app.page.evaluate("document.cookie")).toBe("");

  const signedIn = (await cookie(context)).value;
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  expect(await names(context)).toEqual(["__Host-device"]);
  const replayed = await app.page.request.post("/api/identity_token", {
    data: {},
    headers: { cookie: `__Host-session=${signedIn}` },
  });
  expect(replayed.status()).toBe(401);
});

overHttps("over https a second sign-in replaces the cookie", async ({ app, context }) => {
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  const first = (await cookie(context)).value;
  const again = await app.page.request.post("/api/sign_in", { data: { email: PRO.email, password: "reqio-demo" } });
  expect(again.status()).toBe(200);
  expect((await cookie(context)).value).not.toBe(first);
});
