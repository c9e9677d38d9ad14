//! The entries of both halves: the page in the browser, and the server that it comes from.

#[cfg(not(feature = "ssr"))]
fn main() {
    leptos::mount::mount_to_body(example_leptos_csr::App);
}

#[cfg(feature = "ssr")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Its server functions are registered only where something of it is used.
    use example_leptos_csr as _;

    use axum::{Router, middleware::from_fn, response::Html, routing};
    use leptos_axum::handle_server_fns_with_context;
    use tower_http::services::ServeDir;
    use tower_sessions::{MemoryStore, SessionManagerLayer, cookie::SameSite};

    let sessions = SessionManagerLayer::new(MemoryStore::default())
        .with_same_site(SameSite::Lax)
        .with_secure(false); // on this machine, without https

    let reqio = reqio_identity::Configuration::from_env()?;
    let minter = reqio.minter();
    let context = move || leptos::context::provide_context(minter.clone());
    let api = routing::post(move |request| handle_server_fns_with_context(context, request));

    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/dist");
    let page = std::fs::read_to_string(format!("{built}/index.html"))?;
    // Your own page has the tag in it: here the project is not known before.
    let page = page.replace("</head>", &format!("{}</head>", reqio.script.tag(None)));
    let page = routing::get(move || async { Html(page) });
    let files = ServeDir::new(built).append_index_html_on_directories(false);

    let app = Router::new()
        .route("/api/{function}", api.layer(from_fn(same_origin)))
        .layer(sessions)
        .fallback_service(files.fallback(page));
    let address = std::env::var("ADDR").unwrap_or("127.0.0.1:3100".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app).await?)
}

/// Refuses what other pages send: for `SameSite`, every port of this machine is the same site.
#[cfg(feature = "ssr")]
async fn same_origin(
    headers: axum::http::HeaderMap,
    request: axum::extract::Request,
    next: axum::middleware::Next,
) -> Result<axum::response::Response, axum::http::StatusCode> {
    let text = |name| headers.get(name)?.to_str().ok();
    match text("origin").and_then(|origin| origin.split_once("://")) {
        Some((_, host)) if Some(host) == text("host") => Ok(next.run(request).await),
        _ => Err(axum::http::StatusCode::FORBIDDEN),
    }
}
