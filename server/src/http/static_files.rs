//! The browser's half: files with a hash in their name, and the shell for everything else.

use std::{io::ErrorKind, sync::Arc};

use app::{ApiError, ErrorCode};
use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{ACCEPT_ENCODING, CACHE_CONTROL, ETAG, IF_NONE_MATCH, VARY},
    },
    middleware::{Next, from_fn},
    response::{Html, IntoResponse, Response},
    routing::{MethodRouter, get},
};
use sha2::{Digest as _, Sha256};
use tower_http::services::ServeDir;

use crate::shell::{DIST, Shell};

/// File types of which Trunk puts a hash of the content into every name.
const HASHED: [&str; 3] = [".js", ".wasm", ".css"];

struct ShellPage {
    html: String,
    status: StatusCode,
    etag: HeaderValue,
}

/// `GET` of any path: the file of that name with its brotli copy, or else the shell, so that deep
/// links work.
pub(crate) fn router(shell: Shell) -> Router {
    let digest = Sha256::digest(&shell.html)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    let page = Arc::new(ShellPage {
        etag: HeaderValue::from_str(&format!("\"{digest}\""))
            .expect("hexadecimal digits make a valid header"),
        status: if shell.built {
            StatusCode::OK
        } else {
            StatusCode::SERVICE_UNAVAILABLE
        },
        html: shell.html,
    });
    let page = get(serve_shell).with_state(page);
    let files = ServeDir::new(DIST)
        .precompressed_br()
        .append_index_html_on_directories(false)
        .fallback(page.clone());
    let files = move |request| serve_file(files.clone(), request);
    Router::new()
        .route("/", page.clone())
        .route("/index.html", page)
        .fallback(files)
        .layer(from_fn(cache))
}

/// The file, or else the shell. A name too long for any file is no failure of ours.
async fn serve_file(mut files: ServeDir<MethodRouter>, request: Request) -> Response {
    match files.try_call(request).await {
        Ok(response) => response.into_response(),
        Err(error) if error.kind() == ErrorKind::InvalidFilename => not_found(),
        Err(error) => {
            tracing::error!(%error, "a file cannot be read");
            ApiError::from(ErrorCode::InternalError).into_response()
        }
    }
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "There is no such file.").into_response()
}

async fn serve_shell(State(page): State<Arc<ShellPage>>, request: Request) -> Response {
    // A file that is gone belongs to an older build: a page in its place would be taken for a
    // broken script.
    if HASHED
        .iter()
        .any(|ending| request.uri().path().ends_with(ending))
    {
        return not_found();
    }
    let headers = HeaderMap::from_iter([(ETAG, page.etag.clone())]);
    if request.headers().get(IF_NONE_MATCH) == Some(&page.etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (page.status, headers, Html(page.html.clone())).into_response()
}

/// Hashed files never change and are kept for good; everything else is asked for again.
async fn cache(request: Request, next: Next) -> Response {
    let hashed = HASHED
        .iter()
        .any(|ending| request.uri().path().ends_with(ending));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = next.run(request).await;
    let kept = hashed
        && reads
        && (response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED);
    let value = if kept {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static(value));
    // Else a cache on the way could hand the brotli copy to somebody who cannot read it.
    response.headers_mut().insert(VARY, ACCEPT_ENCODING.into());
    response
}
