//! Keeps Reqio's idea of who the user is right for as long as a tab is open.
//!
//! A pure state machine: [`Event`]s and the time go in, [`Command`]s come out, and nothing in here
//! knows a clock, a browser or a framework. So every order of events can be tried in a test, and
//! the machine can be carried into any app: `T` is your token, `U` whatever tells your users apart.
//!
//! ```
//! use std::time::Duration;
//! use lifecycle::{Command, Event, Lifecycle, State};
//!
//! let now = Duration::ZERO;
//! let mut lifecycle = Lifecycle::<&str, &str>::new(false);
//! let Command::CheckSession(check) = lifecycle.handle(Event::Started, now)[0] else { panic!() };
//! lifecycle.handle(Event::SessionFound(check, None), now);
//! assert_eq!(lifecycle.state(), State::Anonymous);
//!
//! let commands = lifecycle.handle(Event::SignedIn("ada"), now);
//! assert!(commands.iter().any(|command| matches!(command, Command::Mint(_))));
//! assert_eq!(lifecycle.state(), State::Identifying);
//! ```
#![forbid(unsafe_code)]

mod backoff;
mod command;
mod event;
mod machine;
mod session;
mod sign_out;
mod state;
mod token;
mod widget;

pub use command::{Command, Notice};
pub use event::{Event, Failure, Fresh, Ticket};
pub use machine::Lifecycle;
pub use state::State;
pub use widget::Widget;
