//! The server functions, behind the gate.

use std::{sync::Arc, time::Duration};

use app::{ApiError, ErrorCode, backend::Backend};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::State,
    http::{
        HeaderValue, Request,
        header::{ACCEPT, CACHE_CONTROL, REFERER},
    },
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;

use super::gate;
use crate::config::PublicUrl;

/// The most that any function takes, in bytes.
const BODY_LIMIT: usize = 16 * 1024;
/// How long a body may take to arrive.
const BODY_TIME_LIMIT: Duration = Duration::from_secs(10);

/// What the functions need, and what guards them.
#[derive(Clone)]
pub(crate) struct Api {
    backend: Arc<Backend>,
    public_url: PublicUrl,
}

impl Api {
    pub(crate) fn new(backend: Arc<Backend>, public_url: PublicUrl) -> Self {
        Self {
            backend,
            public_url,
        }
    }
}

/// Answers a call of a server function. What comes out may hold a token, so nothing may keep it.
pub(crate) async fn call(State(api): State<Api>, request: Request<Body>) -> Response {
    let response = match admit(&api, request).await {
        Ok(request) => {
            let context = move || provide_context(Arc::clone(&api.backend));
            leptos_axum::handle_server_fns_with_context(context, request)
                .await
                .into_response()
        }
        Err(refused) => refused.into_response(),
    };
    ([(CACHE_CONTROL, "no-store")], response).into_response()
}

/// What is under `/api` and no server function.
pub(crate) async fn unknown() -> ApiError {
    ErrorCode::NotFound.into()
}

/// The request as the functions may see it: complete, of the right kind, from the app's own pages.
async fn admit(api: &Api, request: Request<Body>) -> Result<Request<Body>, ApiError> {
    if !app::backend::is_endpoint(request.uri().path()) {
        return Err(ErrorCode::NotFound.into());
    }
    gate::check(&request, &api.public_url)?;
    let (mut parts, body) = request.into_parts();
    let body = whole_body(body).await?;
    // The framework answers those who accept HTML with a redirect to whatever page they say they
    // came from.
    parts.headers.remove(REFERER);
    parts
        .headers
        .insert(ACCEPT, HeaderValue::from_static("application/json"));
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// All of a body, unless it is too large or takes too long.
pub(super) async fn whole_body(body: Body) -> Result<Bytes, ApiError> {
    tokio::time::timeout(BODY_TIME_LIMIT, to_bytes(body, BODY_LIMIT))
        .await
        .map_err(|_| ErrorCode::RequestTimeout)?
        .map_err(|_| ErrorCode::PayloadTooLarge.into())
}
