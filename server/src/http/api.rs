//! `/api/…`: the server functions.

use std::{sync::Arc, time::Duration};

use app::{ApiError, ErrorCode, backend::Backend};
use axum::{
    body::{Body, to_bytes},
    extract::State,
    http::{
        HeaderMap, HeaderValue, Method, Request,
        header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, REFERER},
    },
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;
use tokio::time::timeout;

use super::origin;
use crate::public_url::PublicUrl;

/// The largest body of a call, in bytes.
const BODY_LIMIT: usize = 16 * 1024;
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);

/// Calls a server function. The answer may hold a token, so nothing may store it.
pub(crate) async fn call(
    State(backend): State<Arc<Backend>>,
    State(public_url): State<Option<PublicUrl>>,
    request: Request<Body>,
) -> Response {
    let call = async {
        let request = checked(request, public_url.as_ref()).await?;
        let context = move || provide_context(Arc::clone(&backend));
        Ok::<_, ApiError>(leptos_axum::handle_server_fns_with_context(context, request).await)
    };
    ([(CACHE_CONTROL, "no-store")], call.await).into_response()
}

/// What is under `/api` and no server function.
pub(crate) async fn not_found() -> ApiError {
    ErrorCode::NotFound.into()
}

/// The request, if it is a POST of JSON from one of our pages, with the whole of its body. Leptos
/// checks none of this.
async fn checked(
    request: Request<Body>,
    public_url: Option<&PublicUrl>,
) -> Result<Request<Body>, ApiError> {
    if !app::backend::is_endpoint(request.uri().path()) {
        return Err(ErrorCode::NotFound.into());
    }
    if request.method() != Method::POST {
        return Err(ErrorCode::MethodNotAllowed.into());
    }
    origin::check(request.headers(), public_url)?;
    if !is_json(request.headers()) {
        return Err(ErrorCode::UnsupportedMediaType.into());
    }
    let (mut parts, body) = request.into_parts();
    let body = timeout(BODY_TIMEOUT, to_bytes(body, BODY_LIMIT))
        .await
        .map_err(|_| ErrorCode::RequestTimeout)?
        .map_err(|_| ErrorCode::PayloadTooLarge)?;
    // Leptos answers whoever accepts HTML with a redirect to the page they say they came from.
    parts.headers.remove(REFERER);
    let json = HeaderValue::from_static("application/json");
    parts.headers.insert(ACCEPT, json);
    Ok(Request::from_parts(parts, Body::from(body)))
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::to_str);
    let media_type = content_type.and_then(|text| text.ok()?.split(';').next());
    media_type.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
