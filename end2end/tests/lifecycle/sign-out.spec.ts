// Sign-out, when the network or the server is late, away, or of another opinion.

import { PRO, SCALE } from "../../support/customers.ts";
import { Gate } from "../../support/gate.ts";
import { recordIdentify } from "../../support/identify-recorder.ts";
import { PageTime } from "../../support/page-time.ts";
import { recordRequests } from "../../support/request-recorder.ts";
import { expect, test } from "../../support/test.ts";
import { tokenId } from "../../support/token.ts";
import { answered, countUnanswered } from "../../support/unanswered.ts";

test.beforeEach(({ context }) => countUnanswered(context));

test("complaint 2: a token minted before the sign-out and arriving after it is never handed over", async ({
  app,
  judge,
}) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await answered(app.page);

  const [mint, signOut] = [new Gate(), new Gate()];
  await app.page.route("**/api/identity_token", mint.holdAnswer);
  await app.page.route("**/api/sign_out", signOut.holdAnswer);
  await app.choosePlan("scale, 99.00 a month");
  await mint.reached;
  await app.signOut();
  await signOut.reached;
  mint.open();
  await expect(app.state).toHaveText("signing out");
  signOut.open();
  await expect(app.state).toHaveText("anonymous");
  expect(handedOver()).toHaveLength(1);
  const seen = (await judge.verdicts()).map(({ token_id }) => token_id).filter((id) => id !== null);
  expect(new Set(seen)).toEqual(new Set([tokenId(handedOver()[0]?.token ?? "")]));
});

test("complaint 3: after the sign-out nothing asks for tokens any more", async ({ app }) => {
  const time = await PageTime.of(app.page);
  const mints = await recordRequests(app.page);
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await app.signInAs(PRO);
  await expect(app.state).toHaveText("identified");
  await app.signOut();
  await expect(app.state).toHaveText("anonymous");
  await time.pass(10 * 60);
  expect(mints("identity_token")).toHaveLength(1);
  expect(handedOver()).toHaveLength(1);
  await expect(app.state).toHaveText("anonymous");
});

test.describe("while the server is away", () => {
  test.use({ expected: { errors: [/ERR_CONNECTION_REFUSED.*\/api\/sign_out/] } });

  test("complaint 2: a sign-out says that the session may still be open, hands nothing over, and gets done", async ({
    app,
    widget,
  }) => {
    const time = await PageTime.of(app.page);
    const requests = await recordRequests(app.page);
    const handedOver = await recordIdentify(app.page);
    await app.open();
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("identified");
    // Of the product alone: the widget goes on asking Reqio.
    await app.page.route("/api/**", (route) => route.abort("connectionrefused"));
    await app.signOut();
    await expect(app.state).toHaveText("sign-out unfinished");
    await expect(app.notice(/session may still be open/)).toBeVisible();
    await time.pass(5 * 60);
    await expect(app.state).toHaveText("sign-out unfinished");
    expect(requests("sign_out").length).toBeGreaterThan(8);
    expect(requests("identity_token")).toHaveLength(1);
    expect(handedOver()).toHaveLength(1);

    await app.page.unroute("/api/**");
    await time.passUntil(async () => (await app.state.textContent()) === "anonymous", 60);
    await expect(app.notice(/session may still be open/)).toBeHidden();
    await widget.open();
    await expect(widget.who).toHaveText("You are: anonymous");
    expect((await app.page.request.post("/api/identity_token", { data: {} })).status()).toBe(401);
  });
});

test.describe("a session that ended on the server", () => {
  test.use({ expected: { errors: [/401.*\/api\/identity_token/] } });

  test("leads to a fresh page that says so and offers to sign in", async ({ app, widget }) => {
    const time = await PageTime.of(app.page);
    await app.open();
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("identified");
    await app.page.context().clearCookies();
    const freshPage = app.page.waitForEvent("load");
    await time.pass(225);
    await freshPage;

    await expect(app.state).toHaveText("signed out elsewhere");
    await expect(app.notice(/Your session has ended/)).toBeVisible();
    await expect(app.widgetTag).not.toHaveAttribute("data-identity-token");
    await widget.open();
    await expect(widget.who).toHaveText("You are: anonymous");
    await app.signInAs(SCALE);
    await expect(app.state).toHaveText("identified");
    await expect(app.notice(/Your session has ended/)).toBeHidden();
  });
});

test.describe("a plan chosen after the session ended on the server", () => {
  test.use({ expected: { errors: [/401.*\/api\/change_plan/] } });

  test("leads to the fresh page at once, not only when the next token is due", async ({ app }) => {
    await app.open();
    await app.signInAs(PRO);
    await expect(app.state).toHaveText("identified");
    await app.page.context().clearCookies();
    await app.choosePlan("scale, 99.00 a month");
    await expect(app.state).toHaveText("signed out elsewhere");
  });
});
