//! The one timer of the lifecycle.

use std::{cell::RefCell, rc::Rc, time::Duration};

use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};

use super::clock::Clock;

/// How long the browser's own timers are trusted. They stop while a machine sleeps and go on where
/// they were, so a long wait is cut into pieces and the clock asked after each.
const PIECE: Duration = Duration::from_secs(15);

/// A timer that can be set anew and stopped.
#[derive(Clone, Default)]
pub(crate) struct Timer(Rc<RefCell<Option<TimeoutHandle>>>);

impl Timer {
    /// Calls `then` when `clock` has moved on by `after`, unless the timer is set anew or stopped
    /// before.
    pub(crate) fn set(&self, clock: &Rc<Clock>, after: Duration, then: impl FnOnce() + 'static) {
        self.stop();
        self.wait(Rc::clone(clock), clock.now() + after, then);
    }

    pub(crate) fn stop(&self) {
        if let Some(handle) = self.0.take() {
            handle.clear();
        }
    }

    fn wait(&self, clock: Rc<Clock>, due: Duration, then: impl FnOnce() + 'static) {
        let piece = due.saturating_sub(clock.now()).min(PIECE);
        let this = self.clone();
        let handle = set_timeout_with_handle(
            move || {
                if clock.now() >= due {
                    then()
                } else {
                    this.wait(clock, due, then)
                }
            },
            piece,
        );
        *self.0.borrow_mut() = handle.ok();
    }
}
