//! A server that renders its pages, each with a token for whoever is signed in.

mod sessions;

use axum::{
    Form, Json, Router,
    extract::State,
    http::{StatusCode, header::CACHE_CONTROL},
    middleware::from_fn,
    response::{Html, IntoResponse, Redirect},
    routing::{get, post},
};
use reqio_identity::{Cents, Configuration, Identity, Interval, Minter, Subject, WidgetScript};
use serde::Deserialize;
use tower_sessions::Session;

#[derive(Clone)]
struct Reqio {
    minter: Minter,
    script: WidgetScript,
}

#[derive(Deserialize)]
struct SignIn {
    user: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // What is missing or wrong ends the start with one line.
    let configuration = Configuration::from_env()?;
    let reqio = Reqio {
        minter: configuration.minter(),
        script: configuration.script,
    };
    let app = Router::new()
        .route("/", get(page))
        .route("/sign_in", post(sign_in))
        .route("/sign_out", post(sign_out))
        .route("/api/identity_token", post(identity_token))
        .layer(from_fn(sessions::same_origin))
        .layer(sessions::in_memory())
        .with_state(reqio);
    let address = std::env::var("ADDR").unwrap_or("127.0.0.1:3100".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

/// Whoever has a token is its user to Reqio, so nothing may keep a page with one.
async fn page(
    State(reqio): State<Reqio>,
    session: Session,
) -> Result<impl IntoResponse, StatusCode> {
    let user = sessions::user(&session).await?;
    let identity = user.as_deref().map(|user| mint(&reqio, user)).transpose()?;
    let token = identity.as_ref().map(|identity| &identity.token);
    let shown = match &user {
        Some(user) => format!("Signed in: {user}"),
        None => "Nobody is signed in.".to_owned(),
    };
    let page = include_str!("page.html")
        .replace("<!-- user -->", &shown)
        .replace("<!-- widget -->", &reqio.script.tag(token).to_string());
    Ok(([(CACHE_CONTROL, "no-store")], Html(page)))
}

/// For the scripts of a page that stays open for longer than a token lives.
async fn identity_token(
    State(reqio): State<Reqio>,
    session: Session,
) -> Result<impl IntoResponse, StatusCode> {
    let user = sessions::user(&session).await?;
    let identity = mint(&reqio, &user.ok_or(StatusCode::UNAUTHORIZED)?)?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(identity)))
}

fn mint(reqio: &Reqio, user: &str) -> Result<Identity, StatusCode> {
    // What your own records say of them.
    let (plan, cents) = match user {
        "ada" => ("scale", 99_000),
        _ => ("pro", 34_800),
    };
    let subject = Subject::new(user)
        .plan(plan)
        .amount(Cents::from(cents))
        .interval(Interval::Year);
    reqio.minter.mint(&subject).map_err(sessions::failed)
}

/// Your own asks for a password: whoever can reach this example may be either user.
async fn sign_in(
    session: Session,
    Form(SignIn { user }): Form<SignIn>,
) -> Result<Redirect, StatusCode> {
    if !["ada", "bob"].contains(&user.as_str()) {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    sessions::start(&session, &user).await?;
    Ok(Redirect::to("/"))
}

/// The next page has no token, and so no user to Reqio.
async fn sign_out(session: Session) -> Result<Redirect, StatusCode> {
    session.flush().await.map_err(sessions::failed)?;
    Ok(Redirect::to("/"))
}
