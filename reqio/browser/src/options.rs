//! The settings of a client.

use std::{fmt, rc::Rc, time::Duration};

use reqio_identity::{Token, WidgetScript};
use reqio_lifecycle::{Command, Event, Timings};

/// The settings of a [`Client`](crate::Client). The defaults are right for one app on an origin
/// whose page has the widget's tag in it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Options {
    /// The widget's script, for a page that has no tag of it: the client then adds one. It may also
    /// come later, by [`Client::set_script`](crate::Client::set_script).
    pub script: Option<WidgetScript>,
    /// What tells this client apart from others on the same page or origin: `reqio`. Tabs talk to
    /// each other by this name, and a notice for the next page is kept under it.
    pub name: String,
    /// How long things may take and how long to wait when they fail.
    pub timings: Timings,
    /// When a script that has not run counts as kept away: 10 seconds. It may still come, and is
    /// welcome then.
    pub script_limit: Duration,
    /// The longest that a tab waits, by chance, before it asks the server about what another tab
    /// told, so that many tabs do not ask at once: 300 milliseconds.
    pub news_spread: Duration,
    /// Told of every event and command before it is carried out, with the time on the clock of
    /// [`Client::now`](crate::Client::now).
    pub observer: Option<Observer>,
}

/// Who is told of everything.
pub type Observer = Rc<dyn Fn(Duration, Observed<'_>)>;

/// Something that happened, or that is about to be done.
#[derive(Clone, Copy, Debug)]
pub enum Observed<'a> {
    /// It happened.
    Event(&'a Event<String, Token>),
    /// It is about to be done.
    Command(&'a Command<String, Token>),
}

impl Default for Options {
    fn default() -> Self {
        Self {
            script: None,
            name: "reqio".to_owned(),
            timings: Timings::default(),
            script_limit: Duration::from_secs(10),
            news_spread: Duration::from_millis(300),
            observer: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("script", &self.script)
            .field("name", &self.name)
            .field("timings", &self.timings)
            .finish_non_exhaustive()
    }
}
