//! The part of the page that explains the other part.
#![expect(
    unreachable_pub,
    reason = "the `component` macro writes public items into these private modules"
)]

mod answer;
mod claims;
mod copy;
mod faults;
mod moments;
mod path;
mod pieces;
mod story;
mod telling;
mod timeline;
mod verdict;

use leptos::prelude::*;

use crate::{ApiError, components::Visit, explanation};
pub(crate) use claims::{ReadToken, use_read_token};
use copy::Copy;
use explanation::Lessons;
use faults::Faults;
use path::Path;
use pieces::Pieces;
pub(crate) use story::Story;
use timeline::Timeline;
pub(crate) use verdict::Verdict;

/// The lessons, which come when somebody wants to read them.
type Fetching = Action<(), Result<Lessons, ApiError>>;

/// How it works, what happens as it happens, what can go wrong, and what to take home.
#[component]
pub(crate) fn Explanation() -> impl IntoView {
    let visit = Visit::get();
    let fetching: Fetching = Action::new(|()| explanation::lessons());
    provide_context(fetching);
    view! {
        <section class="stack" aria-label="How it works">
            <Path />
            <Timeline />
            <Show when=move || visit.is_sandbox.get()>
                <Faults />
            </Show>
            <Pieces />
        </section>
    }
}

/// Asks for the lessons, unless they are there or on their way. Without an answer the next time
/// asks again.
fn fetch(fetching: Fetching) {
    let is_there = fetching
        .value()
        .with_untracked(|answer| matches!(answer, Some(Ok(_))));
    if !is_there && !fetching.pending().get_untracked() {
        fetching.dispatch(());
    }
}

/// Why the lessons are not there, where they were asked for.
#[component]
fn Missing() -> impl IntoView {
    let fetching = expect_context::<Fetching>();
    let why = Signal::derive(move || match fetching.value().get() {
        Some(Err(error)) => error.message,
        _ => String::new(),
    });
    view! {
        <p role="alert" class="error">
            {why}
        </p>
    }
}
