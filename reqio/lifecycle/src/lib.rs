//! What a browser tab does about its identity token for [Reqio](https://reqio.app), for as long as
//! it is open.
//!
//! A pure state machine: [`Event`]s and the time go in, [`Command`]s come out, and nothing in here
//! knows a clock, a browser or a framework. So every order of events can be tried in a test.
//! `reqio-browser` runs it in a browser, `reqio-leptos` in a Leptos app: use this crate by itself
//! only to run the machine somewhere else. It was not made by Reqio.
//!
//! ```
//! use std::time::Duration;
//! use reqio_lifecycle::{Command, Event, Lifecycle, Status, Timings};
//!
//! let now = Duration::ZERO;
//! let mut lifecycle = Lifecycle::<&str, &str>::new(Timings::default(), None);
//! let Command::CheckSession(check) = lifecycle.handle(Event::Started, now)[0] else { panic!() };
//! lifecycle.handle(Event::SessionFound(check, None), now);
//! assert_eq!(lifecycle.status(), Status::Anonymous);
//!
//! let commands = lifecycle.handle(Event::SignedIn("ada"), now);
//! assert!(commands.iter().any(|command| matches!(command, Command::Mint(_))));
//! assert_eq!(lifecycle.status(), Status::Identifying);
//! ```

mod command;
mod event;
mod machine;
mod minting;
mod reload;
mod session;
mod sign_in;
mod sign_out;
mod status;
mod timer;
mod timings;
mod token;
mod widget;

pub use command::{Command, Notice};
pub use event::{Event, Failure, Fresh, News, Ticket};
pub use machine::Lifecycle;
pub use status::{Status, TokenProblem, WidgetProblem};
pub use timings::Timings;
pub use widget::WidgetState;

/// The README's example is one of this crate, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
