// The sandbox alone, with its widget on a page of somebody else's: what it tells that page, and that it stays.

import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test as base, expect, type Page } from "@playwright/test";
import { Widget } from "../../pages/widget.ts";
import { binary } from "../../support/binaries.ts";
import { Program } from "../../support/program.ts";
import { Sandbox } from "../../support/sandbox.ts";

const SECRET = "only-for-the-tests-of-the-widget-alone";
const CLAIMS = { sub: "usr_1", email: "ada@acme.test", traits: { plan: "pro", amount: 2_900, interval: "month" } };

const test = base.extend<{ sandboxUrl: string; pageUrl: string }>({
  sandboxUrl: async ({}, use) => {
    const path = process.env["SANDBOX_PROGRAM"] ?? binary("release", "sandbox");
    const [program, url] = await Program.start(path, ["--port", "0", "--secret", SECRET], {}, /src="(.*)\/widget\.js"/);
    await use(url);
    await program.stop();
  },
  pageUrl: async ({ sandboxUrl }, use) => {
    const page = `<!DOCTYPE html><html lang="en"><head><title>Somebody else's page</title><script>
        window.verdicts = [];
        addEventListener("reqio-sandbox:verdict", ({ detail }) => verdicts.push(detail));
      </script></head><body><h1>Page</h1>
      <script src="${sandboxUrl}/widget.js" data-project-id="demo"></script></body></html>`;
    const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(page));
    await new Promise<void>((listens) => server.listen(0, "127.0.0.1", listens));
    await use(`http://localhost:${(server.address() as AddressInfo).port}/`);
    server.close();
  },
});

const verdicts = (page: Page) =>
  page.evaluate(() => (window as unknown as { verdicts: { status: number }[] }).verdicts.map(({ status }) => status));

function token(claims: object = {}): string {
  const now = Math.floor(Date.now() / 1_000);
  const payload = { ...CLAIMS, aud: "https://reqio.app/p/demo", iat: now, exp: now + 300, ...claims };
  const parts = [{ alg: "HS256", typ: "JWT" }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, createHmac("sha256", SECRET).update(parts.join(".")).digest("base64url")].join(".");
}

test("only the judge's 401 is told as a refusal: no fault, no lost network, no foreign 401", async ({ page, pageUrl, sandboxUrl }) => {
  const [widget, sandbox] = [new Widget(page), new Sandbox(sandboxUrl)];
  const api = `${sandboxUrl}/api/**`;
  const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
  await page.goto(pageUrl);
  await widget.open();
  await expect(widget.who).toHaveText("You are: anonymous");
  for (const [start, end] of [
    [() => sandbox.faults({ fail: 1 }), () => sandbox.faults({})],
    [() => sandbox.faults({ cut: true }), () => sandbox.faults({})],
    [() => page.route(api, (route) => route.abort()), () => page.unroute(api)],
    [() => page.route(api, (route) => route.fulfill({ status: 401, headers, body: "a proxy's" })), () => page.unroute(api)],
  ] as const) {
    await start();
    await widget.identify(token());
    await expect(widget.who).toHaveAttribute("data-state", "unreachable");
    expect((await verdicts(page)).filter((status) => status !== 200)).toEqual([]);
    await end();
    await widget.panel.getByRole("button", { name: "Try again" }).click();
    await expect(widget.who).toHaveText("You are: ada@acme.test, pro, $29 a month");
  }
  expect(await verdicts(page)).toEqual([200, 200, 200, 200]);
  await widget.identify(token({ aud: "demo" }));
  await expect(widget.who).toContainText("Identity refused (audience)");
  expect((await verdicts(page)).at(-1)).toBe(401);
});

test("the widget asks again by itself once the sandbox can be reached", async ({ page, pageUrl, sandboxUrl }) => {
  await page.clock.install();
  const [widget, sandbox] = [new Widget(page), new Sandbox(sandboxUrl)];
  await page.goto(pageUrl);
  await widget.open();
  await expect(widget.who).toHaveText("You are: anonymous");
  await sandbox.faults({ fail: 1 });
  await widget.identify(token());
  await expect(widget.who).toHaveAttribute("data-state", "unreachable");
  await sandbox.faults({});
  await page.clock.runFor(10_000);
  await expect(widget.who).toHaveText("You are: ada@acme.test, pro, $29 a month");
});

test.describe("a router that replaces the body", () => {
  const routers: Record<string, () => void> = {
    Turbo: () => document.documentElement.replaceChild(document.createElement("body"), document.body),
    Astro: () => document.body.replaceWith(document.createElement("body")),
    htmx: () => (document.body.innerHTML = "<h1>Another page</h1>"),
  };
  for (const [name, navigate] of Object.entries(routers)) {
    test(`${name}: the widget is there again, with who the visitor is`, async ({ page, pageUrl }) => {
      const widget = new Widget(page);
      await page.goto(pageUrl);
      await widget.identify(token());
      for (let times = 0; times < 2; times += 1) {
        await page.evaluate(navigate);
        await expect(widget.launcher).toBeVisible();
      }
      await expect(widget.host).toHaveCount(1);
      await widget.open();
      await expect(widget.who).toHaveText("You are: ada@acme.test, pro, $29 a month");
    });
  }

  test("a page that removes the widget itself is obeyed, until its script runs again", async ({ page, pageUrl, sandboxUrl }) => {
    const widget = new Widget(page);
    await page.goto(pageUrl);
    await expect(widget.launcher).toBeVisible();
    await widget.host.evaluate((host) => host.remove());
    await page.evaluate(() => document.body.append("more"));
    await expect(widget.host).toHaveCount(0);
    const again = { url: `${sandboxUrl}/widget.js`, token: token() };
    await page.evaluate(({ url, token }) => {
      const script = Object.assign(document.createElement("script"), { src: url });
      Object.assign(script.dataset, { projectId: "demo", identityToken: token });
      document.body.append(script);
    }, again);
    await widget.open();
    await expect(widget.who).toHaveText("You are: ada@acme.test, pro, $29 a month");
    await expect(widget.host).toHaveCount(1);
  });
});

test("the compact backlog is live in a frame, and shows the share of whom the fragment names", async ({ page, pageUrl, sandboxUrl }) => {
  const asAda = { authorization: `Bearer ${token()}`, "content-type": "application/json" };
  const file = (title: string) =>
    fetch(`${sandboxUrl}/api/features`, { method: "POST", headers: asAda, body: JSON.stringify({ kind: "request", title }) });
  await file("Dark mode");
  await page.goto(pageUrl);
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement("iframe"), { src, width: 320 })), `${sandboxUrl}/p/demo?embed`);
  const rows = page.frameLocator("iframe").getByRole("list", { name: "Requests" }).getByRole("listitem");
  await expect(rows).toHaveText([/^\s*\$29\s+a month\s+Dark mode\s+Needs action\s+1 customer\s*$/]);
  await page.locator("iframe").evaluate((frame: HTMLIFrameElement) => (frame.src += "#usr_1"));
  await expect(rows).toContainText(["1 customer: you"]);
  await file("Export as CSV");
  await expect(rows).toHaveCount(2);
  await expect(rows.last()).toContainText("1 customer: you");
});
