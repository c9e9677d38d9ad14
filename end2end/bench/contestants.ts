// Who is measured beside this server on the same work: the handlers of Reqio's guides, with no session behind them.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "@playwright/test";
import { freePort } from "../support/ports.ts";
import { Serving } from "./serving.ts";

const PEERS = join(import.meta.dirname, "peers");

export interface Contestant {
  name: string;
  serving: Serving;
  url: string;
}

/** What a peer is told: the secret, the audience, and for one of them where sessions are. */
export type Told = Record<string, string>;

/** All whose language and packages are on this machine; says which are not. */
export async function contestants(told: Told, sessions: Told): Promise<Contestant[]> {
  const [go, flask] = [built(), installed("python3", ["-c", "import flask, gunicorn, jwt"])];
  const found = [
    await started("Node, no session", ["node", join(PEERS, "node.mjs")], told),
    go && (await started("Go, no session", [go], told)),
    go && (await started("Go, the same session in the same SQLite", [go], { ...told, ...sessions })),
    flask && (await started("Python, no session, 2 workers", ["python3", "-m", "gunicorn", "--workers=2", "--chdir", PEERS, "python:app"], told)),
  ];
  if (!go) console.log("Not measured: Go, which needs Debian's golang-go and -dev packages of golang-jwt and go-sqlite3.");
  if (!flask) console.log("Not measured: Python, which needs `pip install flask gunicorn pyjwt`.");
  return found.filter((contestant) => typeof contestant === "object");
}

async function started(name: string, command: string[], told: Told): Promise<Contestant> {
  const port = String(await freePort(0));
  const url = `http://127.0.0.1:${port}/`;
  const environment = { ...told, PYTHONDONTWRITEBYTECODE: "1", PORT: port, GUNICORN_CMD_ARGS: `--bind=127.0.0.1:${port}` };
  return { name, serving: await Serving.start(command, environment, url), url };
}

/** Go's program, from the packages of the distribution, as this needs no download. */
function built(): string | undefined {
  const program = test.info().outputPath("go");
  const environment = { ...process.env, GO111MODULE: "off", GOPATH: "/usr/share/gocode" };
  const build = ["build", "-o", program, join(PEERS, "go", "main.go")];
  return installed("go", build, environment) ? program : undefined;
}

/** Whether a command can be run to its end. */
function installed(program: string, words: string[], env = process.env): boolean {
  try {
    execFileSync(program, words, { env, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
