//! Time since the page loaded, which only moves forward.

use std::{cell::Cell, time::Duration};

/// A clock that a wrong wall clock cannot mislead and a sleeping laptop cannot stop.
///
/// Only differences count. `performance.now()` ignores what the visitor does to their clock, but in
/// some browsers it stands still while the machine sleeps; the wall clock does not. Whichever moved
/// further since the last look is believed: a clock that is wrong by ten minutes changes nothing,
/// and one that is set forward merely brings the next token early.
pub(crate) struct Clock {
    steady: Cell<f64>,
    wall: Cell<f64>,
    elapsed: Cell<f64>,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self {
            steady: Cell::new(steady()),
            wall: Cell::new(js_sys::Date::now()),
            elapsed: Cell::new(0.0),
        }
    }

    /// How long the page has been there.
    pub(crate) fn now(&self) -> Duration {
        let (steady, wall) = (steady(), js_sys::Date::now());
        let moved = (steady - self.steady.replace(steady))
            .max(wall - self.wall.replace(wall))
            .max(0.0);
        self.elapsed.set(self.elapsed.get() + moved);
        milliseconds(self.elapsed.get())
    }
}

/// So many milliseconds, cut down to whole ones; none for a number that is negative.
pub(super) fn milliseconds(number: f64) -> Duration {
    #[expect(
        clippy::as_conversions,
        reason = "the conversion saturates, and half a millisecond counts for nothing"
    )]
    Duration::from_millis(number as u64)
}

/// Milliseconds on the browser's monotonic clock.
fn steady() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}
