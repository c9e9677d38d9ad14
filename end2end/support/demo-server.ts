// The server under test, as `cargo xtask build` left it: a process of its own, with a database of its own.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { writeAnotherBuild } from "./another-build.ts";
import { binary } from "./binaries.ts";
import { freePort } from "./ports.ts";

const START_LIMIT_MS = 15_000;
const BETWEEN_LOOKS_MS = 20;

export class DemoServer {
  private readonly said: string[] = [];
  private child: ChildProcess | undefined;
  private program = binary("release", "server");

  private constructor(
    readonly url: string,
    /** Where its sandbox is, if it runs one. */
    readonly sandboxUrl: string,
    private readonly folder: string,
    private readonly environment: Record<string, string>,
  ) {}

  static async start(worker: number, environment: Record<string, string>): Promise<DemoServer> {
    const [port, sandboxPort] = [await freePort(worker), await freePort(worker)];
    const folder = await mkdtemp(join(tmpdir(), "end2end-"));
    const url = `http://localhost:${port}`;
    const server = new DemoServer(url, `http://localhost:${sandboxPort}`, folder, {
      ADDR: `127.0.0.1:${port}`,
      SANDBOX_ADDR: `127.0.0.1:${sandboxPort}`,
      PUBLIC_URL: url,
      DATABASE_URL: `sqlite://${join(folder, "accounts.db")}`,
      SIGN_IN_LIMIT: "1000",
      ...environment,
    });
    try {
      await server.run();
    } catch (problem) {
      await server.stop();
      throw problem;
    }
    return server;
  }

  /** Ends it and starts it again, with the same database and settings. */
  async restart(meanwhile: () => Promise<void>): Promise<void> {
    await this.end();
    await meanwhile();
    await this.run();
  }

  /** Makes it one of another version, with another page, once it is started again. */
  async update(): Promise<void> {
    // A debug build reads its page where it starts.
    await writeAnotherBuild(join(this.folder, "dist"));
    this.program = binary("debug", "server");
  }

  /** Everything it has logged. */
  log(): string {
    return this.said.join("");
  }

  /** Ends it at once: how it stops in good order is tested where it is written. */
  async stop(): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    const env = { PATH: process.env["PATH"], ...this.environment };
    const child = spawn(this.program, {
      // Anywhere: the page is inside a release build.
      cwd: this.folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (text: Buffer) => this.said.push(text.toString());
    for (const stream of [child.stdout, child.stderr]) stream.on("data", keep);
    child.on("error", (error) => this.said.push(String(error)));
    this.child = child;
    await this.healthy();
  }

  private async end(): Promise<void> {
    if (this.runs() && this.child?.kill("SIGKILL")) await once(this.child, "exit");
  }

  private async healthy(): Promise<void> {
    const deadline = performance.now() + START_LIMIT_MS;
    while (!(await answers(`${this.url}/healthz`))) {
      if (!this.runs()) throw new Error(`the server ended:\n${this.log()}`);
      if (performance.now() > deadline) throw new Error(`no /healthz within ${START_LIMIT_MS} ms:\n${this.log()}`);
      await pause(BETWEEN_LOOKS_MS);
    }
  }

  private runs(): boolean {
    return this.child?.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }
}

/** Whether a server says there that it is well. */
export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}
