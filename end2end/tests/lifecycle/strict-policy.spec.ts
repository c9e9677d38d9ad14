// Complaint 9: a strict Content-Security-Policy is impossible. Every test of this suite fails on a violation of it.

import { PRO } from "../../support/customers.ts";
import { expect, test } from "../../support/test.ts";

test("complaint 9: everything works under a policy without inline script, inline style or eval", async ({
  app,
  widget,
  server,
}) => {
  const answer = await app.page.goto("/");
  const policy = (await answer?.headerValue("content-security-policy")) ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).not.toMatch(/[\s:]\*/);
  const sources = policy.match(/https?:\/\/[^\s;]+/g) ?? [];
  expect(new Set(sources)).toEqual(new Set([server.sandboxUrl, `${server.sandboxUrl}/p/`]));
  expect(policy, "framed is the backlog, and nothing else").toContain(`frame-src ${server.sandboxUrl}/p/;`);

  await app.signInAs(PRO);
  await widget.open();
  await expect(widget.who).toContainText(PRO.email);
  await widget.file("Request", "Dark mode");
});

test.describe("what a hostile page would try", () => {
  test.use({ expected: { errors: [/violation of script-src-elem by inline/, /Executing inline script violates/] } });

  test("complaint 9: the policy is in force, so an injected script does not run", async ({ app }) => {
    await app.open();
    const ran = await app.page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      return "ran" in window;
    });
    expect(ran).toBe(false);
  });
});
