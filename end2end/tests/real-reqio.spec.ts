// With a project of the real Reqio set up, the page talks to reqio.app and the sandbox is not there.

import { randomBytes } from "node:crypto";
import { Explanation } from "../pages/explanation.ts";
import { PRO } from "../support/customers.ts";
import { recordIdentify } from "../support/identify-recorder.ts";
import { expect, test } from "../support/test.ts";
import { claimsOf, headerOf, isSignedWith } from "../support/token.ts";

const PROJECT = "prj_end2end";
const SECRET = randomBytes(24).toString("base64");

/** All that Reqio documents of its script: it leaves `window.Reqio.identify` behind. */
const WIDGET = "window.Reqio = { identify() {} };";

test.use({ environment: { REQIO_PROJECT_ID: PROJECT, REQIO_SECRET: SECRET } });

test.beforeEach(async ({ context }) => {
  await context.route("https://reqio.app/**", (route) =>
    route.request().url() === "https://reqio.app/widget.js"
      ? route.fulfill({ contentType: "text/javascript", body: WIDGET })
      : route.abort(),
  );
});

test("the tag is the documented one, and the token verifies with the project's secret", async ({ app }) => {
  const handedOver = await recordIdentify(app.page);
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await expect(app.widgetTag).toHaveAttribute("src", "https://reqio.app/widget.js");
  await expect(app.widgetTag).toHaveAttribute("data-project-id", PROJECT);
  await expect(app.widgetTag).toHaveAttribute("async");
  await expect(app.widgetTag).not.toHaveAttribute("data-identity-token");
  await expect(app.page.getByText(`reqio.app, project ${PROJECT}`)).toBeVisible();

  const mintedAfter = Math.floor(Date.now() / 1_000);
  await app.signUpWith("Ada Example", "ada@example.test", "a long passphrase");
  await expect(app.state).toHaveText("identified");
  await expect(app.plan, "where users are real, a plan is paid for").toBeHidden();
  const [given, ...more] = handedOver();
  expect(more).toEqual([]);
  const token = given?.token ?? "";
  expect(headerOf(token)).toMatchObject({ alg: "HS256" });
  expect(isSignedWith(SECRET, token)).toBe(true);
  expect(isSignedWith(`${SECRET}\n`, token)).toBe(false);
  const claims = claimsOf(token);
  expect(claims).toEqual({
    sub: expect.stringMatching(/^usr_./),
    email: "ada@example.test",
    traits: { plan: "free", amount: 0, interval: "month" },
    aud: `https://reqio.app/p/${PROJECT}`,
    iat: expect.any(Number),
    exp: claims.iat + 300,
  });
  expect(claims.iat).toBeGreaterThanOrEqual(mintedAfter);
  expect(claims.iat).toBeLessThanOrEqual(Date.now() / 1_000);

  await app.page.reload();
  await expect(app.state).toHaveText("identified");
  expect(isSignedWith(SECRET, (await app.widgetTag.getAttribute("data-identity-token")) ?? "")).toBe(true);
  expect(handedOver()).toHaveLength(1);
});

test("nothing of the sandbox is left: no listener, no demo customers, no links to it", async ({ app, server }) => {
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await expect(app.customerButton(PRO)).toBeHidden();
  await expect(app.page.getByRole("link", { name: /backlog|judged/ })).toHaveCount(0);
  await expect(fetch(`${server.sandboxUrl}/healthz`)).rejects.toThrow();
  const answer = await app.page.request.get("/");
  expect(answer.headers()["content-security-policy"]).toContain("https://reqio.app");
  expect(answer.headers()["content-security-policy"]).not.toContain(server.sandboxUrl);
});

test.describe("the demo customers", () => {
  test.use({ expected: { errors: [/401.*\/api\/sign_in/] } });

  test("cannot sign in", async ({ app }) => {
    await app.open();
    await app.signInWith(PRO.email);
    await expect(app.problem).toHaveText("The email or the password is wrong.");
  });
});

test("nothing is offered to go wrong on purpose, and the pieces to take home are this project's", async ({ app }) => {
  await app.open();
  await expect(app.state).toHaveText("anonymous");
  await expect(app.page.getByText("What can go wrong")).toBeHidden();
  const explanation = new Explanation(app.page);
  await explanation.openPieces();
  await expect(explanation.pieces).toHaveCount(6);
  await expect(explanation.faults).toHaveCount(0);
  const pieces = await explanation.takeHome.innerHTML();
  expect(pieces).toContain(`https://reqio.app/p/${PROJECT}`);
  expect(pieces).not.toContain(SECRET);
});
