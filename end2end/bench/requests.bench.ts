// How many requests a second, in turns, so that whatever else the machine does falls on all.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../support/binaries.ts";
import { contestants, type Contestant } from "./contestants.ts";
import { CREDENTIALS, FROM_THE_PAGE, test as base, type Demo } from "./demo.ts";
import { figure, median } from "./figures.ts";
import type { Serving } from "./serving.ts";
import { wrk, type Asked } from "./wrk.ts";

const ROUNDS = 3;
const SECONDS = 3;
const TOLD = { REQIO_SECRET: "only-for-measuring-and-nothing-else", REQIO_AUDIENCE: "https://reqio.app/p/demo" };

interface Row extends Asked {
  name: string;
  serving: Serving;
}

interface Measured {
  requestsPerSecond: number;
  /** Microseconds for each request. */
  processor: number | undefined;
}

const test = base.extend<{ visitor: Awaited<ReturnType<Demo["visitor"]>>; peers: Contestant[] }>({
  visitor: async ({ demo }, use) => use(await demo.visitor()),
  peers: async ({ demo, visitor }, use) => {
    const [name = ""] = visitor.cookie.split("=");
    const peers = await contestants(TOLD, { SESSIONS: demo.database, SESSION_COOKIE: name });
    await use(peers);
    for (const { serving } of peers) await serving.stop();
  },
});

test("requests a second", async ({ demo: { serving, url }, visitor, peers }) => {
  const wasm = (await readdir(join(ROOT, "dist"))).find((name) => name.endsWith(".wasm"));
  const asApp = { serving, post: "{}", headers: visitor };
  const rows: Row[] = [
    { name: "the page", serving, url },
    { name: "the page's WebAssembly", serving, url: `${url}/${wasm}`, headers: { "accept-encoding": "br" } },
    { name: "a 404 of the API", ...asApp, url: `${url}/api/nothing`, refused: true },
    { name: "/healthz", serving, url: `${url}/healthz` },
    { name: "the server-rendered page", serving, url: `${url}/server-rendered`, headers: visitor },
    { name: "session", ...asApp, url: `${url}/api/session` },
    { name: "a token", ...asApp, url: `${url}/api/identity_token` },
    ...peers.map((peer) => ({ ...asApp, ...peer, name: `a token, ${peer.name}` })),
  ];
  const measured = new Map(rows.map((row) => [row, [] as Measured[]]));
  for (const row of rows) await wrk(row, 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [row, rounds] of measured) rounds.push(await measure(row));
  }

  const speeds = new Map<string, number>();
  for (const [{ name }, rounds] of measured) {
    const speed = median(rounds.map(({ requestsPerSecond }) => requestsPerSecond));
    speeds.set(name, speed);
    figure(name, speed, "requests a second");
    const processor = rounds.flatMap((round) => round.processor ?? []);
    if (processor.length > 0) figure(`${name}, processor`, median(processor), "µs for each");
  }
  const token = speeds.get("a token") ?? 0;
  for (const [name, speed] of speeds) {
    if (name.startsWith("a token, ") || name.startsWith("a 404")) figure(`a token / ${name}`, token / speed, "");
  }
});

test("tokens while everybody signs in", async ({ demo, visitor }) => {
  const asked = { url: `${demo.url}/api/identity_token`, post: "{}", headers: visitor };
  const alone = await wrk(asked, 5, 1);
  // From wrk too: whatever else signs in takes more of the processor than it does, which a crowd
  // from elsewhere does not take.
  const signIn = { url: `${demo.url}/api/sign_in`, post: CREDENTIALS, headers: FROM_THE_PAGE };
  const [meanwhile, storm] = await Promise.all([wrk(asked, 10, 1), wrk(signIn, 10, 16)]);
  figure("a token, 99 of 100 within", alone.p99, "ms");
  figure("a token while 16 sign in all the time, 99 of 100 within", meanwhile.p99, "ms");
  figure("sign-ins meanwhile", storm.requestsPerSecond, "a second");
});

async function measure(row: Row): Promise<Measured> {
  const before = row.serving.processorTime();
  const { requestsPerSecond } = await wrk(row, SECONDS);
  const after = row.serving.processorTime();
  const used = before !== undefined && after !== undefined ? after - before : undefined;
  return { requestsPerSecond, processor: used && used / (requestsPerSecond * SECONDS) };
}
