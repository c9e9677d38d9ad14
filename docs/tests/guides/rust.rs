//! docs/rust.md, followed to the letter.

use reqwest::{Client, Method, Response, StatusCode, header::COOKIE};
use serde_json::Value;

use super::{
    block::blocks,
    document,
    judge::Judge,
    project::{Project, success},
    running::Running,
};

/// The commands of the block that starts the server.
fn run_block(document: &str) -> &str {
    blocks(document)
        .into_iter()
        .find(|block| block.language == "sh" && block.text.contains("cargo run"))
        .unwrap()
        .text
}

/// Asks for the page, or by POST for a token.
async fn ask(server: &Running, method: Method, session: &str) -> Response {
    let path = if method == Method::GET {
        "/"
    } else {
        "/identity-token"
    };
    Client::new()
        .request(method, server.url.clone() + path)
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
const headers = { cookie: process.env.COOKIE };
globalThis.fetch = (path, options) => send(process.env.URL + path, { ...options, headers });
globalThis.setTimeout = (run, wait) =>
  run === identify ? (seconds = wait / 1000) : later(run, wait);
globalThis.window = { Reqio: { identify: (token) => console.log(token) } };
await identify();
console.log(seconds);
process.exit();
"#;

/// Both ways of the document: the crate, and what it does by hand.
fn ways(document: &str) -> (&str, &str) {
    document.split_once("\n## By hand\n").unwrap()
}

/// Does what the document says, and starts the server that it ends in.
fn follow(document: &str, judge: &Judge) -> (Project, Running) {
    tokio::task::block_in_place(|| {
        let mut project = Project::new();
        project.follow(document);
        project.write(".env", &judge.variables());
        let server = project.start(run_block(document));
        project.assert_nothing_floats();
        (project, server)
    })
}

/// Strangers are told nothing, and the one user gets a page with a token and a next one.
async fn identifies_its_user(server: &Running, judge: &Judge) {
    for stranger in ["", "ad", "adalbert"] {
        for method in [Method::GET, Method::POST] {
            let answer = ask(server, method, stranger).await;
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{stranger:?}");
            assert_eq!(answer.text().await.unwrap(), "unauthorized");
        }
    }
    let answer = ask(server, Method::GET, "ada").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let page = answer.text().await.unwrap();
    assert_eq!(attribute(&page, "data-project-id"), "demo");
    judge.accepts(attribute(&page, "data-identity-token")).await;

    let answer = ask(server, Method::POST, "ada").await;
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let identity: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(identity["expires_in"], 300);
    judge.accepts(identity["token"].as_str().unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn following_docs_rust_md_gives_a_page_whose_token_the_sandbox_accepts() {
    let judge = Judge::start().await;
    let document = document("rust.md");
    let (with_the_crate, by_hand) = ways(&document);
    let weak = judge
        .variables()
        .replace("REQIO_SECRET=", "REQIO_SECRET=weak #");

    let (project, server) = follow(with_the_crate, &judge);
    identifies_its_user(&server, &judge).await;
    drop(server);
    project.write(".env", &weak);
    let mut start = project.starting(run_block(with_the_crate));
    let ended = tokio::task::block_in_place(|| start.output()).unwrap();
    assert!(!ended.status.success(), "it starts with a weak secret");
    assert!(String::from_utf8_lossy(&ended.stderr).contains("Error: REQIO_SECRET is too short"));
    drop(project);

    let (project, server) = follow(by_hand, &judge);
    identifies_its_user(&server, &judge).await;
    asks_again_in_time(&project, &server, &judge).await;
    drop(server);
    project.write(".env", &weak);
    let server = tokio::task::block_in_place(|| project.start(run_block(by_hand)));
    let answer = ask(&server, Method::GET, "ada").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.text().await.unwrap(), "identity error");
}

/// The page's own script, too.
async fn asks_again_in_time(project: &Project, server: &Running, judge: &Judge) {
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
}
