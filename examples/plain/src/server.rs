//! The server's half: sessions, tokens, and the files that wasm-bindgen made.

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header::CACHE_CONTROL},
    response::{Html, IntoResponse},
    routing::{get, post},
};
use reqio_identity::{Cents, Configuration, Interval, Minter, Subject};
use tower_http::services::ServeDir;
use tower_sessions::{MemoryStore, Session, SessionManagerLayer, cookie::SameSite};

const USER: &str = "user";

pub(crate) async fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let reqio = Configuration::from_env()?;
    let tag = reqio.script.tag(None).to_string();
    let page = include_str!("../index.html").replace("<!-- widget -->", &tag);
    let sessions = SessionManagerLayer::new(MemoryStore::default())
        .with_same_site(SameSite::Lax)
        .with_secure(false); // on this machine, without https
    // JSON is what pages of other origins cannot send here.
    let app = Router::new()
        .route("/", get(move || async { Html(page) }))
        .route("/api/sign_in", post(sign_in))
        .route("/api/sign_out", post(sign_out))
        .route("/api/identity_token", post(identity_token))
        .fallback_service(ServeDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/dist")))
        .layer(sessions)
        .with_state(reqio.minter());
    let address = std::env::var("ADDR").unwrap_or("127.0.0.1:3100".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

/// Nobody's is `null`.
async fn identity_token(
    State(minter): State<Minter>,
    session: Session,
    Json(()): Json<()>,
) -> Result<impl IntoResponse, StatusCode> {
    let user: Option<String> = session.get(USER).await.map_err(failed)?;
    let subject = user.map(|user| {
        // What your own records say of them.
        let (plan, cents) = match user.as_str() {
            "ada" => ("scale", 99_000),
            _ => ("pro", 34_800),
        };
        let subject = Subject::new(user).plan(plan);
        subject.amount(Cents::from(cents)).interval(Interval::Year)
    });
    let identity = subject.map(|subject| minter.mint(&subject)).transpose();
    Ok((
        [(CACHE_CONTROL, "no-store")],
        Json(identity.map_err(failed)?),
    ))
}

/// Your own asks for a password: whoever can reach this example may be either user.
async fn sign_in(session: Session, Json(user): Json<String>) -> Result<Json<()>, StatusCode> {
    if !["ada", "bob"].contains(&user.as_str()) {
        return Err(StatusCode::UNPROCESSABLE_ENTITY);
    }
    session.cycle_id().await.map_err(failed)?;
    session.insert(USER, user).await.map(Json).map_err(failed)
}

/// Ends the session of this user, and nobody else's, who may have signed in since.
async fn sign_out(session: Session, Json(user): Json<String>) -> Result<Json<()>, StatusCode> {
    if session.get(USER).await.map_err(failed)? == Some(user) {
        session.flush().await.map_err(failed)?;
    }
    Ok(Json(()))
}

fn failed(error: impl std::fmt::Display) -> StatusCode {
    eprintln!("{error}");
    StatusCode::INTERNAL_SERVER_ERROR
}
