//! docs/leptos.md, followed to the letter.

use reqwest::{Client, Response, StatusCode, header::COOKIE};
use serde_json::Value;

use super::{
    block::blocks,
    judge::Judge,
    project::{Project, document, success},
};

async fn post(url: &str, endpoint: &str, session: &str) -> Response {
    let request = Client::new()
        .post(format!("{url}/api/{endpoint}"))
        .json(&serde_json::json!({}));
    request
        .header(COOKIE, format!("session={session}"))
        .send()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn following_docs_leptos_md_gives_two_halves_whose_token_the_sandbox_accepts() {
    let judge = Judge::start().await;
    let (minting, document) = (document("rust.md"), document("leptos.md"));
    let minting = blocks(&minting)
        .into_iter()
        .find(|block| block.file == Some("src/reqio.rs"))
        .unwrap();
    let (project, server) = tokio::task::block_in_place(|| {
        let mut project = Project::new();
        project.follow(&document);
        project.write("src/reqio.rs", minting.text);
        project.write(".env", &judge.variables());
        project.write(
            "dist/index.html",
            "<!doctype html>the page that trunk builds",
        );
        // What `trunk build` has cargo do; what comes after is trunk's own.
        let mut browser_half = project.command("cargo");
        browser_half.args([
            "build",
            "--target",
            "wasm32-unknown-unknown",
            "--bin",
            "frontend",
            "--features",
            "csr",
        ]);
        success(&mut browser_half);
        let run = blocks(&document)
            .into_iter()
            .find(|block| block.text.contains("cargo run"))
            .unwrap();
        let server = project.start(run.text);
        (project, server)
    });
    project.assert_nothing_floats();

    let refused = post(&server.url, "identity_token", "nobody").await;
    assert_eq!(refused.status(), StatusCode::UNAUTHORIZED);
    assert!(refused.text().await.unwrap().contains("unauthorized"));
    let answer = post(&server.url, "identity_token", "ada").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let identity: Value = answer.json().await.unwrap();
    assert_eq!(identity["expires_in"], 300);
    judge.accepts(identity["token"].as_str().unwrap()).await;

    let signed_out = post(&server.url, "sign_out", "ada").await;
    assert_eq!(
        signed_out.headers()["set-cookie"],
        "session=; Path=/; Max-Age=0"
    );
    let page = reqwest::get(format!("{}/any/route", server.url))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.contains("the page that trunk builds"));
}
