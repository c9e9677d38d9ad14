//! docs/rust.md, followed to the letter.

use reqwest::{Client, Response, StatusCode, header::COOKIE};

use super::{
    block::blocks,
    judge::Judge,
    project::{Project, document, success},
};

/// The commands of the block that starts the server.
fn run_block(document: &str) -> &str {
    blocks(document)
        .into_iter()
        .find(|block| block.language == "sh" && block.text.contains("cargo run"))
        .unwrap()
        .text
}

async fn get(url: &str, session: &str) -> Response {
    Client::new()
        .get(url)
        .header(COOKIE, format!("theme=dark; session={session}"))
        .send()
        .await
        .unwrap()
}

/// What a page gives its widget as this attribute.
fn attribute<'a>(page: &'a str, name: &str) -> &'a str {
    page.split(&format!("{name}=\""))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("{page}"))
}

/// The block of the page's own script, in Node: it is to hand a token to Reqio and to set the next
/// time. An answer whose body nobody reads would keep Node waiting, hence the exit.
const STAND_IN: &str = r#"
let seconds;
const { fetch: send, setTimeout: later } = globalThis;
globalThis.fetch = (path, options) => send(process.env.URL + path, { ...options, headers: { cookie: process.env.COOKIE } });
globalThis.setTimeout = (run, wait) => (run === identify ? (seconds = wait / 1000) : later(run, wait));
globalThis.window = { Reqio: { identify: (token) => console.log(token) } };
await identify();
console.log(seconds);
process.exit();
"#;

#[tokio::test(flavor = "multi_thread")]
async fn following_docs_rust_md_gives_a_page_whose_token_the_sandbox_accepts() {
    let judge = Judge::start().await;
    let document = document("rust.md");
    let (project, server) = tokio::task::block_in_place(|| {
        let mut project = Project::new();
        project.follow(&document);
        project.write(".env", &judge.variables());
        let server = project.start(run_block(&document));
        (project, server)
    });
    project.assert_nothing_floats();

    for stranger in ["", "ad", "adalbert"] {
        let answer = get(&server.url, stranger).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{stranger:?}");
        assert_eq!(answer.text().await.unwrap(), "unauthorized");
    }
    let answer = get(&server.url, "ada").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = answer.text().await.unwrap();
    assert_eq!(attribute(&page, "data-project-id"), "demo");
    judge.accepts(attribute(&page, "data-identity-token")).await;

    let script = project.read("identify.js") + STAND_IN;
    project.write("try.mjs", &script);
    let run = |session: &str| {
        let mut node = project.command("node");
        node.arg("try.mjs")
            .env("URL", &server.url)
            .env("COOKIE", format!("session={session}"));
        tokio::task::block_in_place(|| success(&mut node))
    };
    let said = run("ada");
    let (token, seconds) = said.trim_end().split_once('\n').unwrap();
    judge.accepts(token).await;
    assert_eq!(seconds, "200");
    assert_eq!(
        run("nobody").trim_end(),
        "undefined",
        "who is not signed in is not asked for again"
    );
    drop(server);

    let weak = judge
        .variables()
        .replace("REQIO_SECRET=", "REQIO_SECRET=weak #");
    project.write(".env", &weak);
    let server = tokio::task::block_in_place(|| project.start(run_block(&document)));
    let answer = get(&server.url, "ada").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.text().await.unwrap(), "identity error");
}
