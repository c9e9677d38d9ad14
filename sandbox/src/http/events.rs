//! Server-sent events: open pages hear that something changed, and fetch themselves anew.

use std::convert::Infallible;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use crate::error::ApiError;
use crate::sandbox::Sandbox;

/// The first event is sent at once: a page that was loaded before it connected may have missed a
/// change.
pub(crate) async fn stream(
    State(sandbox): State<Sandbox>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let place = sandbox.streams.clone().try_acquire_owned()?;
    let events = WatchStream::new(sandbox.pulse())
        .take_while(|pulse| !pulse.closing)
        .map(move |pulse| {
            let _held = &place;
            Ok(Event::default()
                .event("changed")
                .data(pulse.revision.to_string()))
        });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}
