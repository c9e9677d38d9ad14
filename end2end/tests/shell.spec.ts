// What index.html shows until the app is there: the same steps, and words for those for whom it never comes.

import { Explanation } from "../pages/explanation.ts";
import { expect, test } from "../support/test.ts";

test.describe("where WebAssembly does not load", () => {
  test.use({ expected: { errors: [/ERR_FAILED.*\.wasm/, /TypeError/] } });

  test("the page says so, and its steps are those of the app", async ({ app }) => {
    await app.page.route("**/*.wasm", (route) => route.abort());
    await app.open();
    await expect(app.page.getByText("The page needs WebAssembly")).toBeVisible();
    const { steps } = new Explanation(app.page);
    const words = await steps.allInnerTexts();
    expect(words).toHaveLength(6);

    await app.page.unroute("**/*.wasm");
    await app.page.reload();
    await expect(app.state).toHaveText("anonymous");
    await expect(app.page.getByText("The page needs WebAssembly")).toHaveCount(0);
    expect(await steps.allInnerTexts()).toEqual(words);
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the picture is there all the same, and the page says what it needs", async ({ app }) => {
    await app.open();
    const explanation = new Explanation(app.page);
    await expect(explanation.steps).toHaveCount(6);
    await expect(explanation.steps.nth(4)).toContainText("window.Reqio.identify");
    // Playwright turns scripts off where <noscript> is not shown for it, so its words are looked for in what was sent.
    const sent = await (await app.page.request.get("/")).text();
    expect(sent).toMatch(/<noscript>.*it needs JavaScript and WebAssembly/);
  });
});
