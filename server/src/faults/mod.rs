//! Fault injection: what goes wrong in integrations like this one, on purpose, so that a person can
//! watch it. Leave it behind.
//!
//! A layer around the finished server, only with the sandbox. It changes the answers to browsers that
//! ask for a fault by a cookie; the handlers know nothing of it.

mod token;

use std::time::Duration;

use app::{ApiError, ErrorCode, Identity, Session, explanation::Fault};
use axum::{
    Json,
    body::to_bytes,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

/// Long enough to watch, and less than the page and the server wait.
const SLOW: Duration = Duration::from_secs(5);
/// More than any answer that is changed here has.
const MAX_BYTES: usize = 64 * 1024;

/// Answers as a server with the browser's fault would.
pub(crate) async fn inject(request: Request, next: Next) -> Response {
    let fault = Fault::of(request.headers());
    match (fault, request.uri().path()) {
        (Some(fault), "/api/identity_token") => {
            if fault == Fault::SlowMint {
                tokio::time::sleep(SLOW).await;
            }
            map(next.run(request).await, |identity| {
                wrong_identity(fault, identity)
            })
            .await
        }
        (Some(fault), "/api/session") => {
            map(next.run(request).await, |session| {
                wrong_session(fault, session)
            })
            .await
        }
        _ => next.run(request).await,
    }
}

fn wrong_identity(fault: Fault, identity: Identity) -> Result<Identity, ApiError> {
    match fault {
        Fault::FailingMint => Err(ErrorCode::IdentityError.into()),
        fault => token::wrong(fault, identity),
    }
}

fn wrong_session(fault: Fault, mut session: Session) -> Result<Session, ApiError> {
    if let Some(identity) = session.identity {
        session.identity = Some(token::wrong(fault, identity)?);
    }
    if fault == Fault::BlockedScript {
        let url = &mut session.reqio.widget_url;
        *url = url.replace("/widget.js", "/blocked.js");
    }
    Ok(session)
}

/// The response with its result changed and its headers as they are. Errors stay as they are.
async fn map<T: DeserializeOwned + Serialize>(
    response: Response,
    change: impl FnOnce(T) -> Result<T, ApiError>,
) -> Response {
    if !response.status().is_success() {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let body = to_bytes(body, MAX_BYTES).await.unwrap_or_default();
    let result = serde_json::from_slice(&body).map_err(|_| ErrorCode::InternalError.into());
    let changed = match result.and_then(change) {
        Ok(result) => Json(result).into_response(),
        Err(error) => error.into_response(),
    };
    head.status = changed.status();
    Response::from_parts(head, changed.into_body())
}
