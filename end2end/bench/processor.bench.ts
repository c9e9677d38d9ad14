// What a token and a sign-in cost where two servers share PostgreSQL behind nginx: figures of a test in Rust.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { test } from "@playwright/test";
import { ROOT } from "../support/binaries.ts";
import { figure } from "./figures.ts";

const MEASURE = ["test", "--locked", "--workspace", "--test", "cluster", "--", "--ignored", "--nocapture"];
const PARTS = ["server", "hashing", "database", "nginx"];

test("processor time of a token and a sign-in behind nginx", async () => {
  // Elsewhere nothing tells the servers' time apart, and nginx is not set up as the guide says.
  if (process.platform !== "linux") return;
  const { stdout } = await promisify(execFile)("cargo", [...MEASURE, "what_a_token_and_a_sign_in_cost"], { cwd: ROOT });
  const rows = [...stdout.matchAll(/^(a (?:token|sign-in), .*?) +(\d+) +(\d+) +(\d+) +(\d+)$/gm)];
  test.expect(rows, stdout).toHaveLength(5);
  for (const [, what, ...times] of rows) {
    PARTS.forEach((part, index) => {
      if (Number(times[index]) > 0) figure(`${what}: ${part}`, Number(times[index]), "µs");
    });
  }
});
