//! Plays the faults that were asked for, at start for every request or by header for one.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::error::ApiError;
use super::wire;
use crate::{Faults, Sandbox};

/// Faults of the widget's API. They come after the verdict, so that a request that then fails is
/// still on record.
pub(crate) async fn in_api(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let faults = asked_for(&sandbox, &request)?;
    delay(&sandbox, faults.slow).await;
    if happens(faults.fail) {
        return Err(ApiError::Fault);
    }
    Ok(next.run(request).await)
}

/// Faults of `widget.js`.
pub(crate) async fn in_widget(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let faults = asked_for(&sandbox, &request)?;
    delay(&sandbox, faults.slow).await;
    if faults.block_widget {
        return Err(ApiError::Fault);
    }
    Ok(next.run(request).await)
}

/// The header counts only from this machine: others must not be able to hold requests open.
fn asked_for(sandbox: &Sandbox, request: &Request) -> Result<Faults, ApiError> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    match request.headers().get(wire::FAULT) {
        Some(header) if peer.is_some_and(|peer| peer.ip().is_loopback()) => {
            Ok(String::from_utf8_lossy(header.as_bytes()).parse()?)
        }
        _ => Ok(sandbox.config.faults),
    }
}

/// Waits as long as asked, or until the server closes.
async fn delay(sandbox: &Sandbox, delay: Duration) {
    let mut pulse = sandbox.pulse();
    tokio::select! {
        () = tokio::time::sleep(delay) => {}
        _ = pulse.wait_for(|pulse| pulse.closing) => {}
    }
}

fn happens(share: f64) -> bool {
    let roll = getrandom::u32().unwrap_or_default();
    f64::from(roll) < share * (f64::from(u32::MAX) + 1.0)
}
