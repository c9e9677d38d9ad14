//! The server's half: the server functions, and the page that Trunk built.

use axum::{
    Extension, Router,
    extract::Request,
    http::StatusCode,
    middleware::{Next, from_fn},
    response::{Html, Response},
    routing::{get, post},
};
// The server functions are in the library, and registered only where it is used.
use example_leptos_csr as _;
use leptos_axum::handle_server_fns;
use reqio_identity::Configuration;
use tower_http::services::ServeDir;
use tower_sessions::{MemoryStore, SessionManagerLayer, cookie::SameSite};

const BUILT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/dist");

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let reqio = Configuration::from_env()?;
    let page = std::fs::read_to_string(format!("{BUILT}/index.html"))?;
    let page = page.replace("</head>", &format!("{}</head>", reqio.script.tag(None)));
    let files = ServeDir::new(BUILT).append_index_html_on_directories(false);

    let sessions = SessionManagerLayer::new(MemoryStore::default())
        .with_same_site(SameSite::Lax)
        .with_secure(false); // on this machine, without https
    let app = Router::new()
        .route("/api/{function}", post(handle_server_fns))
        .layer(Extension(reqio.minter()))
        .layer(from_fn(same_origin))
        .layer(sessions)
        .fallback_service(files.fallback(get(move || async { Html(page) })));
    let address = std::env::var("ADDR").unwrap_or("127.0.0.1:3100".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

/// Refuses what pages of others send. For `SameSite`, every port of this machine is the same site.
async fn same_origin(request: Request, next: Next) -> Result<Response, StatusCode> {
    match request.headers().get("sec-fetch-site").map(AsRef::as_ref) {
        Some(b"same-origin") => Ok(next.run(request).await),
        _ => Err(StatusCode::FORBIDDEN),
    }
}
