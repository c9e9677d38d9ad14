//! The server's half: the page, rendered for whoever asks, and the server functions.

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, header::CACHE_CONTROL},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use example_leptos_hydrate::{api::subject, shell};
use leptos::prelude::provide_context;
use leptos_axum::{handle_server_fns_with_context, render_app_to_stream_with_context};
use reqio_identity::{Configuration, Minter, WidgetScript};
use tower_http::services::ServeDir;
use tower_sessions::{MemoryStore, Session, SessionManagerLayer, cookie::SameSite};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reqio = Configuration::from_env()?;
    let minter = reqio.minter();
    let context = move || provide_context(minter.clone());
    let api = post(move |request| handle_server_fns_with_context(context, request));

    let sessions = SessionManagerLayer::new(MemoryStore::default())
        .with_same_site(SameSite::Lax)
        .with_secure(false); // on this machine, without https
    // What `generate_route_list` does where there are routes.
    any_spawner::Executor::init_tokio()?;
    let app = Router::new()
        .route("/", get(page))
        .route("/api/{function}", api.layer(from_fn(same_origin)))
        .layer(sessions)
        .fallback_service(ServeDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/dist")))
        .with_state((reqio.minter(), reqio.script));
    let address = std::env::var("ADDR").unwrap_or("127.0.0.1:3100".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

/// Rendering does not wait for the session, so the token is minted first. Nothing may keep the
/// page: whoever has a token is its user to Reqio.
async fn page(
    State((minter, script)): State<(Minter, WidgetScript)>,
    session: Session,
    request: Request,
) -> Result<impl IntoResponse, StatusCode> {
    let user: Option<String> = session.get("user").await.map_err(failed)?;
    let identity = user.map(|user| minter.mint(&subject(user))).transpose();
    let identity = identity.map_err(failed)?;
    let shell = move || shell(script.clone(), identity.clone());
    let page = render_app_to_stream_with_context(|| {}, shell)(request).await;
    Ok(([(CACHE_CONTROL, "no-store")], page))
}

/// Refuses what pages of others send. For `SameSite`, every port of this machine is the same site.
async fn same_origin(request: Request, next: Next) -> Result<Response, StatusCode> {
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
