// Load on one address, by wrk.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface Asked {
  url: string;
  /** What it posts, as the page posts to its server functions: JSON. */
  post?: string;
  headers?: Record<string, string>;
  /** Whether refusals are what is measured. */
  refused?: boolean;
}

export interface Load {
  requestsPerSecond: number;
  /** 99 of 100 answers came within this. */
  p99: number;
}

/** Asks for some seconds on this many connections, as fast as each is answered. */
export async function wrk({ url, post, headers = {}, refused }: Asked, seconds: number, connections = 32): Promise<Load> {
  const script = post ? ["-s", join(import.meta.dirname, "post.lua")] : [];
  const body = post ? ["--", post] : [];
  const named = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const shape = ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency"];
  const { stdout } = await run("wrk", [...shape, ...script, ...named, url, ...body]);
  const requests = Number(found(stdout, /(\d+) requests in/));
  const refusals = Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0);
  if (refusals !== (refused ? requests : 0) || stdout.includes("Socket errors")) {
    throw new Error(`not every answer was the one that is measured:\n${url}\n${stdout}`);
  }
  const [, p99 = "", unit = ""] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  const milliseconds = { us: 0.001, ms: 1, s: 1_000 }[unit] ?? Number.NaN;
  return { requestsPerSecond: Number(found(stdout, /Requests\/sec:\s+([\d.]+)/)), p99: Number(p99) * milliseconds };
}

function found(text: string, pattern: RegExp): string {
  const match = pattern.exec(text)?.[1];
  if (match === undefined) throw new Error(`wrk did not say ${pattern}:\n${text}`);
  return match;
}
