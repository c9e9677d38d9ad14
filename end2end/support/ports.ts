// Ports for the servers of the tests.

import { createServer } from "node:net";

/** Where the ports of a worker begin. All lie below those that systems hand out to outgoing connections. */
const FIRST = 20_000;
const PORTS_OF_A_WORKER = 1_000;

let next = 0;

/** A port nobody listens on, and that no other worker picks. */
export async function freePort(worker: number): Promise<number> {
  for (let tried = 0; tried < PORTS_OF_A_WORKER; tried += 1) {
    const port = FIRST + worker * PORTS_OF_A_WORKER + (next % PORTS_OF_A_WORKER);
    next += 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`worker ${worker} found no free port`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const listener = createServer();
    listener.once("error", () => resolve(false));
    listener.listen(port, "127.0.0.1", () => listener.close(() => resolve(true)));
  });
}
