// What the server has of the machine's memory, and how soon it answers.

import { setTimeout as pause } from "node:timers/promises";
import { test } from "./demo.ts";
import { figure } from "./figures.ts";
import { wrk } from "./wrk.ts";

const SIGN_INS = 320;
const AT_ONCE = 16;

test("memory and start", async ({ demo }) => {
  figure("the first answer after a first start", demo.startedWithin, "ms");
  const megabytes = (when: string) => {
    const memory = demo.serving.memory();
    if (memory !== undefined) figure(`memory ${when}`, memory, "MB");
  };
  await pause(1_000);
  megabytes("at rest after a first start");

  await wrk({ url: `${demo.url}/api/identity_token`, post: "{}", headers: await demo.visitor() }, 5);
  megabytes("after 5 s of tokens");

  for (let signedIn = 0; signedIn < SIGN_INS; signedIn += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => demo.signIn()));
    await Promise.all(answers.map((answer) => answer.text()));
  }
  await pause(1_000);
  megabytes(`a second after ${SIGN_INS} sign-ins`);
});
