//! The one timer of the lifecycle.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
    time::Duration,
};

use gloo_timers::callback::Timeout;

use crate::clock::Clock;

/// How long the browser's own timers are trusted. They stop while a machine sleeps and go on where
/// they were, so a long wait is cut into pieces and the clock asked after each.
const PIECE: Duration = Duration::from_secs(15);

/// The longest that a browser's timer can wait is 24 days, and what is longer ends at once.
const LONGEST: Duration = Duration::from_secs(24 * 24 * 60 * 60);

/// A timer that can be set anew and stopped, and stops when it is dropped.
#[derive(Default)]
pub(crate) struct Timer(RefCell<Option<Timeout>>);

impl Timer {
    /// Calls `then` when `clock` has moved on by `after`, unless the timer is set anew or stopped
    /// before.
    pub(crate) fn set(
        self: &Rc<Self>,
        clock: &Rc<Clock>,
        after: Duration,
        then: impl FnOnce() + 'static,
    ) {
        let due = clock.now().saturating_add(after);
        Self::wait(&Rc::downgrade(self), Rc::clone(clock), due, then);
    }

    pub(crate) fn stop(&self) {
        self.0.take();
    }

    fn wait(this: &Weak<Self>, clock: Rc<Clock>, due: Duration, then: impl FnOnce() + 'static) {
        let Some(timer) = this.upgrade() else { return };
        let piece = due.saturating_sub(clock.now()).min(PIECE);
        let this = Weak::clone(this);
        let timeout = after(piece, move || {
            if clock.now() >= due {
                then();
            } else {
                Self::wait(&this, clock, due, then);
            }
        });
        timer.0.replace(Some(timeout));
    }
}

/// Calls `then` after so long, unless the answer is dropped before.
pub(crate) fn after(wait: Duration, then: impl FnOnce() + 'static) -> Timeout {
    let wait = wait.min(LONGEST);
    // Rounded up: a timer that runs out early would only be set once more.
    let milliseconds = wait.as_secs() * 1_000 + u64::from(wait.subsec_nanos().div_ceil(1_000_000));
    Timeout::new(u32::try_from(milliseconds).unwrap_or_default(), then)
}

/// A part of `longest`, drawn by chance.
pub(crate) fn some_of(longest: Duration) -> Duration {
    longest.mul_f64(js_sys::Math::random())
}
