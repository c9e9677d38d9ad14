// Prints all figures as a table beside those of the last run, and keeps them for the next.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { ROOT } from "../support/binaries.ts";
import { FIGURE, type Figure } from "./figures.ts";

const KEPT = join(resolve(ROOT, process.env["CARGO_TARGET_DIR"] ?? "target"), "bench.json");

interface Run {
  when: string;
  machine: string;
  figures: Figure[];
}

export default class Table implements Reporter {
  private readonly figures: Figure[] = [];

  onTestEnd(_test: TestCase, { annotations }: TestResult): void {
    const figures = annotations.filter(({ type }) => type === FIGURE);
    this.figures.push(...figures.map(({ description }) => JSON.parse(description ?? "") as Figure));
  }

  onEnd(): void {
    if (this.figures.length === 0) return;
    const last = lastRun();
    const before = new Map(last?.figures.map(({ name, value }) => [name, value]));
    console.log(`\n${"".padEnd(60)}${"now".padStart(12)}${last ? "  now / last" : ""}`);
    for (const { name, value, unit } of this.figures) {
      const then = before.get(name);
      const ratio = then ? (value / then).toFixed(2).padStart(12) : "";
      console.log(`${name.padEnd(60)}${rounded(value).padStart(12)}${ratio} ${unit}`);
    }
    const [{ model } = { model: "unknown processor" }, ...others] = cpus();
    const machine = `${others.length + 1} × ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
    const run: Run = { when: new Date().toISOString(), machine, figures: this.figures };
    // What was not measured this time stays as it was.
    const measured = new Set(run.figures.map(({ name }) => name));
    run.figures.push(...(last?.figures ?? []).filter(({ name }) => !measured.has(name)));
    mkdirSync(dirname(KEPT), { recursive: true });
    writeFileSync(KEPT, `${JSON.stringify(run, null, 2)}\n`);
    console.log(`\n${machine}; kept in ${KEPT}${last ? `; the last run was on ${last.machine}` : ""}`);
  }
}

function lastRun(): Run | undefined {
  try {
    return JSON.parse(readFileSync(KEPT, "utf8")) as Run;
  } catch {
    return undefined;
  }
}

/** Three digits that count, and all of those before the point. */
function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
