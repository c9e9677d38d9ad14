//! What only explains: the lessons on the page, and the faults that can be switched on to watch
//! them. Leave it behind.
//!
//! Here a fault is a name in a cookie and the words for it. What it does to an answer is the
//! server's, in its own module of faults, which is there only where the sandbox plays Reqio's part.
#![cfg_attr(
    feature = "ssr",
    expect(
        unreachable_pub,
        reason = "the `server` macro writes public items into these private modules"
    )
)]

#[cfg(feature = "ssr")]
mod fault;
mod lessons;
mod page;
#[cfg(feature = "ssr")]
mod pieces;
mod switch_fault;
#[cfg(feature = "ssr")]
mod words;

#[cfg(feature = "ssr")]
pub use fault::Fault;
pub use lessons::{FaultLesson, Lessons, Piece, lessons};
pub(crate) use page::{Explanation, ReadToken, Story, Verdict, use_read_token};
pub use switch_fault::switch_fault;
