// Tokens minted with jose, after Reqio's Node guide and with its readers' commonest mistakes, shown to the sandbox.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";

import { SignJWT } from "jose";

const { SANDBOX_URL, REQIO_PROJECT_ID: project, REQIO_SECRET: secret, REQIO_AUDIENCE: audience } = process.env;

const bytes = (text) => new TextEncoder().encode(text);
const now = Math.floor(Date.now() / 1000);

/** The claims of the guide; a change to undefined leaves the claim out. */
const claims = (changes = {}) => ({
  sub: "usr_node",
  email: "node@acme.test",
  traits: { plan: "scale", amount: 99_000, interval: "year" },
  aud: audience,
  iat: now,
  exp: now + 300,
  ...changes,
});

const mint = (payload = claims(), key = bytes(secret), alg = "HS256") =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(key);

const traits = (changes) => claims({ traits: { plan: "pro", amount: 2_900, interval: "month", ...changes } });

/** A token in the shape of Go's libraries, put together by hand: fields in another order, and `aud` an array. */
function goToken() {
  const part = (json) => Buffer.from(JSON.stringify(json)).toString("base64url");
  const payload = { email: "go@acme.test", traits: { plan: "pro" }, sub: "usr_go", aud: [audience], exp: now + 300, iat: now };
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(payload)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const mistakes = {
  secret_base64_decoded: () => mint(claims(), Buffer.from(secret, "base64")),
  secret_with_a_line_end: () => mint(claims(), bytes(`${secret}\n`)),
  secret_of_another_project: () => mint(claims(), bytes("another-project's-secret-of-enough-bytes")),
  algorithm_hs512: () => mint(claims(), bytes(secret.repeat(2)), "HS512"),
  audience_is_the_project_id: () => mint(claims({ aud: project })),
  audience_left_out: () => mint(claims({ aud: undefined })),
  exp_as_a_string: () => mint(claims({ exp: String(now + 300) })),
  times_in_milliseconds: () => mint(claims({ iat: now * 1000, exp: (now + 300) * 1000 })),
  lifetime_of_an_hour: () => mint(claims({ exp: now + 3_600 })),
  minted_once_and_kept: () => mint(claims({ iat: now - 600, exp: now - 300 })),
  sub_as_a_number: () => mint(claims({ sub: 42 })),
  amount_in_dollars: () => mint(traits({ amount: 29 })),
  amount_as_a_string: () => mint(traits({ amount: "2900" })),
  interval_monthly: () => mint(traits({ interval: "monthly" })),
};

async function ask(token) {
  const headers = { Authorization: `Bearer ${token}`, "X-Reqio-Project": project };
  const answer = await fetch(`${SANDBOX_URL}/api/identity`, { headers });
  return { status: answer.status, ...(await answer.json()) };
}

const identified = await ask(await mint());
assert.equal(identified.status, 200, identified.message);
assert.equal(identified.requester.id, "usr_node");
assert.equal(identified.requester.monthly_amount, 8_250);
assert.equal((await ask(goToken())).requester?.id, "usr_go");

const expected = JSON.parse(await readFile(new URL("../mistakes.json", import.meta.url), "utf8"));
assert.deepEqual(expected.map(({ mistake }) => mistake).sort(), Object.keys(mistakes).sort());
for (const { mistake, code, fix } of expected) {
  const answer = await ask(await mistakes[mistake]());
  assert.deepEqual([answer.status, answer.error], [401, code], `${mistake}: ${answer.message}`);
  assert.ok(answer.message.includes(fix), `${mistake}: ${answer.message}`);
}
console.log(`${expected.length} mistakes named`);
