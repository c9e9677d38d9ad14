// A program that answers requests while it is measured. What it logs goes nowhere, as reading it would cost time as well.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const START_LIMIT_MS = 15_000;
/** Linux counts processor time in hundredths of a second, whatever its own clock does. */
const TICK_MICROSECONDS = 10_000;

export class Serving {
  private constructor(private readonly child: ChildProcess) {}

  /** Starts it and waits until this address answers, with whatever it answers. */
  static async start(command: string[], environment: NodeJS.ProcessEnv, url: string): Promise<Serving> {
    const [program = "", ...words] = command;
    const env = { PATH: process.env["PATH"], ...environment };
    const serving = new Serving(spawn(program, words, { env, stdio: "ignore" }));
    const deadline = performance.now() + START_LIMIT_MS;
    while (!(await answers(url))) {
      if (serving.child.exitCode !== null) throw new Error(`${program} ended before it answered`);
      if (performance.now() > deadline) throw new Error(`${program} did not answer at ${url}`);
      await pause(20);
    }
    return serving;
  }

  /** Microseconds of processor time that it and its workers have used; nothing where the system does not tell. */
  processorTime(): number | undefined {
    if (process.platform !== "linux") return undefined;
    const { pid } = this.child;
    const workers = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
    const times = [pid, ...workers].map((process) => {
      // After the name, which is in parentheses, the 12th and 13th word: user and system.
      const stat = readFileSync(`/proc/${process}/stat`, "utf8");
      const words = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(words[11]) + Number(words[12])) * TICK_MICROSECONDS;
    });
    return times.reduce((sum, time) => sum + time);
  }

  /** Megabytes that it has of the machine's memory; nothing where the system does not tell. */
  memory(): number | undefined {
    if (process.platform !== "linux") return undefined;
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_000;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.kill("SIGKILL")) await once(this.child, "exit");
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}
