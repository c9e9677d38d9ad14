//! Time since the page loaded, which only moves forward.

use std::{cell::Cell, time::Duration};

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now, catch)]
    fn performance_now() -> Result<f64, JsValue>;
}

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

    /// How long the clock has been there.
    pub(crate) fn now(&self) -> Duration {
        let (steady, wall) = (steady(), js_sys::Date::now());
        let steadily = steady - self.steady.replace(steady);
        let moved = steadily.max(wall - self.wall.replace(wall)).max(0.0);
        self.elapsed.set(self.elapsed.get() + moved);
        milliseconds(self.elapsed.get())
    }
}

/// How long ago the browser asked for this page; nothing where it does not say.
pub(crate) fn age_of_the_page() -> Duration {
    milliseconds(steady())
}

/// So many milliseconds, and none for a number that is negative.
pub(crate) fn milliseconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number / 1_000.0).unwrap_or_default()
}

/// Milliseconds on the browser's monotonic clock; always nothing where there is none.
fn steady() -> f64 {
    performance_now().unwrap_or_default()
}
