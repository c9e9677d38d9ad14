//! The server's half: the server functions, and the files that Trunk built.

use std::env;

use axum::{Router, routing::post};
use leptos_axum::handle_server_fns;
use tower_http::services::{ServeDir, ServeFile};
// The server functions are registered only if something of the library is linked.
use acme as _;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let page = ServeDir::new("dist").fallback(ServeFile::new("dist/index.html"));
    let app = Router::new().route("/api/{*endpoint}", post(handle_server_fns)).fallback_service(page);
    let address = env::var("ADDR").unwrap_or("127.0.0.1:3000".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    axum::serve(listener, app).await
}
