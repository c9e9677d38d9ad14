//! Server-sent events: open pages hear that something changed, and fetch themselves anew.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::stream::{self, Stream};
use tokio::sync::watch;

use super::error::ApiError;
use super::project::ServedProject;
use crate::Sandbox;
use crate::service::Pulse;

pub(crate) async fn stream(
    State(sandbox): State<Sandbox>,
    _: ServedProject,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let permit = sandbox.streams.clone().try_acquire_owned()?;
    let mut pulse = sandbox.pulse();
    // The first event is sent at once: a page that was loaded before it connected may have missed a
    // change.
    pulse.mark_changed();
    let events = stream::unfold((pulse, permit), |(mut pulse, permit)| async {
        next_revision(&mut pulse).await.map(|revision| {
            let event = Event::default().event("changed").data(revision.to_string());
            (Ok(event), (pulse, permit))
        })
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// The next revision, or `None` when the server closes.
async fn next_revision(pulse: &mut watch::Receiver<Pulse>) -> Option<u64> {
    pulse.changed().await.ok()?;
    let Pulse {
        revision, closing, ..
    } = *pulse.borrow_and_update();
    (!closing).then_some(revision)
}
