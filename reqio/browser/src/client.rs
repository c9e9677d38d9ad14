//! The handle.

use std::{fmt, rc::Rc, time::Duration};

use reqio_identity::WidgetScript;
use reqio_lifecycle::Event;

use crate::{Options, Provider, Snapshot, Subscription, driver::Driver};

/// Keeps Reqio told who is signed in. Keep it for as long as the page lives: dropping it stops
/// everything, be it a timer, a listener, the channel between tabs, or a request.
///
/// What it needs to know of the page is said in events: somebody [signed in](Self::signed_in),
/// their [plan changed](Self::traits_changed), they [want out](Self::sign_out).
pub struct Client {
    driver: Rc<Driver>,
}

impl Client {
    /// Starts on a page that does not know who is signed in: the provider is asked, unless the page
    /// came with a token on the widget's tag.
    #[must_use = "dropping it stops everything"]
    pub fn start(provider: impl Provider + 'static, options: Options) -> Self {
        Self::begin(provider, options, Event::Started)
    }

    /// Starts on a page that knows that this user is signed in, or nobody is, which then costs no
    /// request. A token on the widget's tag is believed first.
    #[must_use = "dropping it stops everything"]
    pub fn start_as(
        user: Option<String>,
        provider: impl Provider + 'static,
        options: Options,
    ) -> Self {
        Self::begin(
            provider,
            options,
            user.map_or(Event::SignedOut, Event::SignedIn),
        )
    }

    fn begin(
        provider: impl Provider + 'static,
        options: Options,
        event: Event<String, reqio_identity::Token>,
    ) -> Self {
        let driver = Driver::new(Rc::new(provider), options);
        driver.begin(event);
        Self { driver }
    }

    /// The widget's script is this one: for pages that do not know it when they start. It counts
    /// once, and only where the page has no tag of it.
    pub fn set_script(&self, script: WidgetScript) {
        self.driver.widget().set_script(script);
    }

    /// The user with this id has signed in on this page. Their tokens have to name them by the same
    /// id; a token of anybody else never reaches the widget.
    pub fn signed_in(&self, user: impl Into<String>) {
        self.driver.happens(Event::SignedIn(user.into()));
    }

    /// What a token says of the user has changed: another plan, another email.
    pub fn traits_changed(&self) {
        self.driver.happens(Event::TraitsChanged);
    }

    /// The server refused something that only a signed-in user may do, or the session changed in
    /// some other way: ask who is signed in.
    pub fn session_may_have_changed(&self) {
        self.driver.happens(Event::SessionMayHaveChanged);
    }

    /// The user wants to sign out: the provider is asked to end the session until it has, then the
    /// page is loaded anew, without the user. No token is handed over any more from the call on.
    pub fn sign_out(&self) {
        self.driver.happens(Event::SignOutWanted);
    }

    /// The page has ended the session by itself: it is loaded anew, without the user.
    pub fn signed_out(&self) {
        self.driver.happens(Event::SignedOut);
    }

    /// The visitor wants a widget that was blocked tried again.
    pub fn retry_widget(&self) {
        self.driver.happens(Event::WidgetWanted);
    }

    /// How things stand.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.driver.snapshot()
    }

    /// The time on the clock of the [`Snapshot`]s: since this client started, ahead only, whatever
    /// the visitor does to theirs.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.driver.clock().now()
    }

    /// Calls `changed` whenever how things stand has changed, until the answer is dropped.
    pub fn subscribe(&self, changed: impl Fn(&Snapshot) + 'static) -> Subscription {
        self.driver.subscribers().add(changed)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("snapshot", &self.snapshot())
            .finish_non_exhaustive()
    }
}
