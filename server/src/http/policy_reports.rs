//! `POST /policy-reports`: what the Content-Security-Policy kept a page from, as its browser says.
//!
//! A script that somebody slipped in, or an origin that was forgotten: without a line in the log,
//! only the visitor's console would know.

use std::{num::NonZeroU32, sync::Arc};

use app::ApiError;
use axum::{
    body::Body,
    extract::State,
    http::{Request, StatusCode},
};
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use serde::Deserialize;
use url::Url;

use super::api::whole_body;

/// Where browsers send them.
pub(crate) const PATH: &str = "/policy-reports";
/// How many a minute are logged. Anybody can send them, so more would drown everything else.
const LOGGED_A_MINUTE: NonZeroU32 = NonZeroU32::new(10).expect("10 is not 0");
/// The longest word taken from one, in characters.
const LONGEST: usize = 100;

/// Bounds what is logged.
pub(crate) struct PolicyReports(DefaultDirectRateLimiter);

#[derive(Deserialize)]
struct Report {
    #[serde(rename = "csp-report")]
    violation: Violation,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Violation {
    #[serde(alias = "violated-directive")]
    effective_directive: String,
    blocked_uri: String,
}

impl PolicyReports {
    pub(crate) fn new() -> Self {
        Self(RateLimiter::direct(Quota::per_minute(LOGGED_A_MINUTE)))
    }
}

/// Logs one, unless there are too many.
///
/// # Errors
/// Whatever is wrong with the body's size or pace.
pub(crate) async fn take(
    State(reports): State<Arc<PolicyReports>>,
    request: Request<Body>,
) -> Result<StatusCode, ApiError> {
    let body = whole_body(request.into_body()).await?;
    if let Ok(Report { violation }) = serde_json::from_slice(&body)
        && reports.0.check().is_ok()
    {
        let directive = shortened(&violation.effective_directive);
        let blocked = origin(&violation.blocked_uri);
        tracing::warn!(directive, blocked, "a page's policy was violated");
    }
    Ok(StatusCode::NO_CONTENT)
}

/// The origin of an address, as the rest of it may hold somebody's secret; or a word like `inline`.
fn origin(blocked: &str) -> String {
    let origin = Url::parse(blocked).map(|url| url.origin());
    match origin {
        Ok(origin) if origin.is_tuple() => shortened(&origin.ascii_serialization()),
        _ => shortened(
            blocked
                .split([':', '?', '#', '/'])
                .next()
                .unwrap_or_default(),
        ),
    }
}

fn shortened(text: &str) -> String {
    let seen = text.chars().filter(|char| !char.is_control());
    seen.take(LONGEST).collect()
}
