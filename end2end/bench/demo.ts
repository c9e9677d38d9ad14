// The demo as a user runs it, in release: one for each measurement, that ends with it.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { binary } from "../support/binaries.ts";
import { PASSWORD, SCALE } from "../support/customers.ts";
import { freePort } from "../support/ports.ts";
import { Serving } from "./serving.ts";

/** What the page sends to sign in a customer of the demo. */
export const CREDENTIALS = JSON.stringify({ email: SCALE.email, password: PASSWORD });
/** What a browser says of every question that comes from the page itself. */
export const FROM_THE_PAGE = { "sec-fetch-site": "same-origin" };

export const test = base.extend<{ demo: Demo }>({
  demo: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), "bench-"));
    const demo = await Demo.start(join(folder, "accounts.db"));
    await use(demo);
    await demo.serving.stop();
    await rm(folder, { recursive: true });
  },
});

export class Demo {
  private constructor(
    readonly serving: Serving,
    readonly url: string,
    /** The path of the file with users and sessions in it. */
    readonly database: string,
    /** Milliseconds until its first answer. */
    readonly startedWithin: number,
  ) {}

  static async start(database: string): Promise<Demo> {
    const [port, sandbox] = [await freePort(0), await freePort(0)];
    const url = `http://localhost:${port}`;
    const environment = {
      ADDR: `127.0.0.1:${port}`,
      SANDBOX_ADDR: `127.0.0.1:${sandbox}`,
      PUBLIC_URL: url,
      DATABASE_URL: `sqlite://${database}`,
      SIGN_IN_LIMIT: "1000000",
    };
    const began = performance.now();
    const serving = await Serving.start([binary("release", "server")], environment, `${url}/healthz`);
    return new Demo(serving, url, database, performance.now() - began);
  }

  async signIn(): Promise<Response> {
    return fetch(`${this.url}/api/sign_in`, {
      method: "POST",
      headers: { ...FROM_THE_PAGE, "content-type": "application/json" },
      body: CREDENTIALS,
    });
  }

  /** What the page sends with every question once somebody is signed in. */
  async visitor(): Promise<{ cookie: string; "sec-fetch-site": string }> {
    const answer = await this.signIn();
    const [cookie] = (answer.headers.get("set-cookie") ?? "").split(";");
    if (!answer.ok || !cookie) throw new Error(`signing in was answered ${answer.status}: ${await answer.text()}`);
    return { ...FROM_THE_PAGE, cookie };
  }
}
