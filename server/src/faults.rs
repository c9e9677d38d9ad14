//! Fault injection: what goes wrong in integrations like this one, on purpose, so that a person can
//! watch it. Leave it behind.
//!
//! A layer, only with the sandbox. It changes the answers to browsers that ask for a fault by a
//! cookie; the handlers know nothing of it.

use std::time::{Duration, SystemTime};

use app::{ApiError, ErrorCode, explanation::Fault};
use axum::{
    Json,
    body::to_bytes,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqio_identity::{Cents, Claims, Minter, SigningSecret, Subject};
use serde_json::Value;

use crate::config::sandbox_secret;

/// Long enough to watch, and less than the page and the server wait.
const SLOW: Duration = Duration::from_secs(5);
const TEN_MINUTES: Duration = Duration::from_secs(600);
/// More than any answer that is changed here has, in bytes.
const MAX_BODY: usize = 64 * 1024;

/// Answers as a server with the browser's fault would.
pub(crate) async fn inject(request: Request, next: Next) -> Response {
    let is_session = match request.uri().path() {
        "/api/session" => true,
        "/api/identity_token" => false,
        _ => return next.run(request).await,
    };
    let Some(fault) = Fault::of(request.headers()) else {
        return next.run(request).await;
    };
    if fault == Fault::SlowMint && !is_session {
        tokio::time::sleep(SLOW).await;
    }
    let response = next.run(request).await;
    if !response.status().is_success() {
        return response;
    }
    if fault == Fault::FailingMint && !is_session {
        return ApiError::from(ErrorCode::IdentityError).into_response();
    }
    let (head, body) = response.into_parts();
    let body = to_bytes(body, MAX_BODY).await.unwrap_or_default();
    let mut answer: Value = serde_json::from_slice(&body).unwrap_or_default();
    if fault == Fault::BlockedScript
        && let Some(Value::String(url)) = answer.pointer_mut("/reqio/widget_url")
    {
        *url = url.replace("/widget.js", "/blocked.js");
    }
    let token = if is_session {
        "/identity/token"
    } else {
        "/token"
    };
    if let Some(Value::String(token)) = answer.pointer_mut(token)
        && let Some(wrong) = wrong(fault, token)
    {
        *token = wrong;
    }
    Response::from_parts(head, Json(answer).into_response().into_body())
}

/// The token that a server with this fault would mint instead of `good`.
fn wrong(fault: Fault, good: &str) -> Option<String> {
    // Unverified: this server has just signed it.
    let payload = URL_SAFE_NO_PAD.decode(good.split('.').nth(1)?).ok()?;
    let mut claims: Claims = serde_json::from_slice(&payload).ok()?;
    let (mut secret, mut now) = (sandbox_secret(), SystemTime::now());
    match fault {
        Fault::ExpiredToken => now -= TEN_MINUTES,
        Fault::WrongClock => now += TEN_MINUTES,
        Fault::WrongAudience => claims.aud = "another-project".parse().ok()?,
        Fault::WrongSecret => {
            let other = "a-secret-of-some-other-project-altogether";
            secret = SigningSecret::new(other.to_owned()).ok()?;
        }
        Fault::DollarsForCents => {
            let dollars = |cents: Cents| Cents::try_from(cents.get() / 100).ok();
            claims.traits.amount = claims.traits.amount.and_then(dollars);
        }
        Fault::SlowMint | Fault::FailingMint | Fault::BlockedScript | Fault::SignedOutElsewhere => {
            return None;
        }
    }
    let Claims {
        sub: id,
        email,
        traits,
        aud,
        ..
    } = claims;
    let minted = Minter::new(&secret, aud).mint_at(&Subject { id, email, traits }, now);
    Some(minted.ok()?.token.as_str().to_owned())
}
