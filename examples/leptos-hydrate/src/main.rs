//! The server's half: the page, rendered for whoever asks, and the server functions.

use axum::response::{IntoResponse, Response};
use axum::{Extension, Router, extract::Request, http::StatusCode, middleware, routing};
use example_leptos_hydrate::{api::subject, shell};
use leptos_axum::{handle_server_fns, render_app_to_stream};
use reqio_identity::Configuration;
use tower_http::services::ServeDir;
use tower_sessions::{MemoryStore, Session, SessionManagerLayer, cookie::SameSite};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reqio = Configuration::from_env()?;
    let sessions = SessionManagerLayer::new(MemoryStore::default())
        .with_same_site(SameSite::Lax)
        .with_secure(false); // on this machine, without https
    // What `generate_route_list` does where there are routes.
    any_spawner::Executor::init_tokio()?;
    let app = Router::new()
        .route("/api/{function}", routing::post(handle_server_fns))
        .layer(middleware::from_fn(same_origin))
        .route("/", routing::get(page))
        .layer(sessions)
        .layer(Extension(reqio))
        .fallback_service(ServeDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/dist")));
    let address = std::env::var("ADDR").unwrap_or("127.0.0.1:3100".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

/// Rendering does not wait for the session, so the token is minted first. Nothing may keep the
/// page: whoever has a token is its user to Reqio.
async fn page(
    Extension(reqio): Extension<Configuration>,
    session: Session,
    request: Request,
) -> Result<impl IntoResponse, StatusCode> {
    let user: Option<String> = session.get("user").await.map_err(failed)?;
    let identity = user.map(|user| reqio.minter().mint(&subject(user)));
    let identity = identity.transpose().map_err(failed)?;
    let shell = move || shell(reqio.script.clone(), identity.clone());
    let page = render_app_to_stream(shell)(request).await;
    Ok(([("cache-control", "no-store")], page))
}

/// Refuses what pages of others send. For `SameSite`, every port of this machine is the same site.
async fn same_origin(request: Request, next: middleware::Next) -> Result<Response, StatusCode> {
    match request.headers().get("sec-fetch-site").map(AsRef::as_ref) {
        Some(b"same-origin") => Ok(next.run(request).await),
        _ => Err(StatusCode::FORBIDDEN),
    }
}

/// The visitor is told no more than that: the details are for the log.
fn failed(error: impl std::fmt::Display) -> StatusCode {
    eprintln!("{error}");
    StatusCode::INTERNAL_SERVER_ERROR
}
