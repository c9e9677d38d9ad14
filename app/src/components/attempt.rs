//! An attempt to become somebody: one at a time.

use std::pin::Pin;

use leptos::{prelude::*, task::spawn_local};

use super::Visit;
use crate::{ApiError, User, explanation};

/// A request that signs somebody in. Boxed, so that all that follows is compiled once and not for
/// every endpoint.
pub(crate) type Request = Pin<Box<dyn Future<Output = Result<User, ApiError>>>>;

/// Whether an attempt is under way, and what became of the last one.
#[derive(Clone, Copy)]
pub(crate) struct Attempt {
    pub(crate) pending: RwSignal<bool>,
    pub(crate) error: RwSignal<String>,
}

impl Attempt {
    pub(crate) fn new() -> Self {
        Self {
            pending: RwSignal::new(false),
            error: RwSignal::default(),
        }
    }

    /// Starts one, unless another is under way: a second click does nothing.
    pub(crate) fn start(self, visit: Visit, path: &str, request: Request) {
        if self.pending.get_untracked() {
            return;
        }
        self.pending.set(true);
        self.error.set(String::new());
        explanation::signing_in(visit, path);
        spawn_local(async move {
            let answer = request.await;
            self.pending.set(false);
            match answer {
                Ok(user) => visit.signed_in(user),
                Err(error) => self.error.set(error.message),
            }
        });
    }
}
