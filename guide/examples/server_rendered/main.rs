//! An axum server that tells Reqio who its signed-in users are: on the page it renders, and to the
//! page's own scripts.
#![expect(
    unreachable_pub,
    reason = "readers copy the module into crates of either kind"
)]
// take home: start
mod reqio;

use std::{env, error::Error, sync::Arc};

use axum::{
    Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use reqio::{Traits, identity_token};
use serde::Serialize;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let project =
        env::var("REQIO_PROJECT_ID").map_err(|error| format!("REQIO_PROJECT_ID: {error}"))?;
    let app = Router::new()
        .route("/", get(page))
        .route("/identity-token", post(token))
        .with_state(project.into());
    let address = env::var("ADDR").unwrap_or("127.0.0.1:3000".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(())
}

// take home: handler
/// For pages that the server renders: every response carries a token of its own.
async fn page(State(project): State<Arc<str>>, headers: HeaderMap) -> Response {
    let token = match token_of_visitor(&headers) {
        Ok(token) => token,
        Err(refused) => return refused.into_response(),
    };
    let page = format!(
        r#"<!doctype html>
<html lang="en">
<title>Your app</title>
<h1>Your app</h1>
<script src="https://reqio.app/widget.js" data-project-id="{project}" data-identity-token="{token}" async></script>
</html>"#
    );
    ([(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}

/// Who the request's session belongs to, as a token; or the status and the words to answer with.
fn token_of_visitor(headers: &HeaderMap) -> Result<String, (StatusCode, &'static str)> {
    let user = signed_in_user(headers).ok_or((StatusCode::UNAUTHORIZED, "unauthorized"))?;
    identity_token(&user.id, &user.email, user.traits).map_err(|error| {
        eprintln!("no identity token: {error}");
        (StatusCode::INTERNAL_SERVER_ERROR, "identity error")
    })
}

// take home: session
/// A user as your own system knows one.
struct User {
    id: String,
    email: String,
    traits: Traits,
}

/// Which user is this request from? Your own session goes here. This one knows one user: whoever
/// brings the cookie `session` with the value of the variable DEMO_SESSION. Without that variable
/// nobody is signed in.
fn signed_in_user(headers: &HeaderMap) -> Option<User> {
    let session = format!("session={}", env::var("DEMO_SESSION").ok()?);
    let mut cookies = headers.get(header::COOKIE)?.to_str().ok()?.split("; ");
    cookies.any(|cookie| cookie == session).then(|| User {
        id: "usr_1".to_owned(),
        email: "ada@example.com".to_owned(),
        traits: Traits {
            plan: "scale".to_owned(),
            amount: 99_000,
            interval: "year",
        },
    })
}

// take home: endpoint
/// For single-page apps: the page asks after sign-in, and again before the token expires.
async fn token(headers: HeaderMap) -> Response {
    #[derive(Serialize)]
    struct Identity {
        token: String,
        expires_in: u64,
    }
    let identity = token_of_visitor(&headers).map(|token| {
        Json(Identity {
            token,
            expires_in: 300,
        })
    });
    ([(header::CACHE_CONTROL, "no-store")], identity).into_response()
}
// take home: end
