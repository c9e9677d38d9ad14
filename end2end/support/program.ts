// A program that a test starts, which says on its standard output where it can be reached.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

const START_LIMIT_MS = 15_000;

export class Program {
  private readonly said: string[] = [];

  private constructor(private readonly child: ChildProcess) {
    const keep = (text: Buffer) => this.said.push(text.toString());
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", keep);
    child.on("error", (error) => this.said.push(String(error)));
  }

  /** Starts the program, waits until it says something like `address`, and answers with what that captures. */
  static async start(
    path: string,
    programArguments: string[],
    environment: Record<string, string>,
    address: RegExp,
  ): Promise<[Program, string]> {
    const env = { PATH: process.env["PATH"], ...environment };
    const child = spawn(path, programArguments, { env, stdio: ["ignore", "pipe", "pipe"] });
    const program = new Program(child);
    try {
      return [program, await program.says(address)];
    } catch (problem) {
      await program.stop();
      throw problem;
    }
  }

  /** Everything it has said. */
  log(): string {
    return this.said.join("");
  }

  /** Ends it at once. */
  async stop(): Promise<void> {
    if (this.runs() && this.child.kill("SIGKILL")) await once(this.child, "exit");
  }

  private async says(pattern: RegExp): Promise<string> {
    const limit = AbortSignal.timeout(START_LIMIT_MS);
    for (;;) {
      const said = pattern.exec(this.log())?.[1];
      if (said !== undefined) return said;
      if (!this.runs()) throw new Error(`it ended before it could be reached:\n${this.log()}`);
      // Whichever comes first: more output, or its end.
      await Promise.race(["data", "end"].map((event) => once(this.child.stdout ?? this.child, event, { signal: limit })));
    }
  }

  private runs(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }
}
