//! The handle, as signals.

use std::{future::Future, time::Duration};

use leptos::prelude::*;
use reqio_browser::{
    Client, HeldToken, Options, Provider, Snapshot, Status, Subscription, WidgetScript, WidgetState,
};

use crate::{IdentityAnswer, provider::TokensOnly};

/// Reqio, as a component reaches it: [`use_reqio`] finds it anywhere below where it was started.
/// Copies are the same one, and it ends with the component that started it.
///
/// Identity begins once that component has run. Before that only [`user`](Self::user) is heard: say
/// everything else in effects and event handlers.
#[derive(Clone, Copy, Debug)]
pub struct Reqio {
    /// Only in a browser: what is in it may not leave its thread.
    running: Option<StoredValue<Option<Running>, LocalStorage>>,
    page_user: StoredValue<Option<Signal<Option<String>>>>,
    status: RwSignal<Status>,
    widget: RwSignal<WidgetState>,
    identified_user: RwSignal<Option<String>>,
    token: RwSignal<Option<HeldToken>>,
    identified_until: RwSignal<Option<Duration>>,
}

#[derive(Debug)]
struct Running {
    client: Client,
    _subscription: Subscription,
}

/// Starts identity with your server function for tokens. Call it once, in the component at the root
/// of your app, and say [`Reqio::user`] right after.
pub fn start<F, Answer>(identity_token: F) -> Reqio
where
    F: Fn() -> Answer + 'static,
    Answer: Future<Output: IdentityAnswer> + 'static,
{
    start_with(TokensOnly(identity_token), Options::default())
}

/// The same with a provider of your own, which can also end sessions, and with other settings.
pub fn start_with(provider: impl Provider + 'static, options: Options) -> Reqio {
    let reqio = Reqio::new();
    provide_context(reqio);
    let mut not_started = Some((provider, options));
    if reqio.running.is_some() {
        // An effect runs after the component, which has said by then who its user is.
        Effect::new(move |before: Option<Option<Option<String>>>| {
            let user = reqio.page_user.get_value().map(|user| user.get());
            match not_started.take() {
                Some((provider, options)) => reqio.run(provider, options, user.clone()),
                None if before.as_ref() != Some(&user) => reqio.follow(user.clone().flatten()),
                None => {}
            }
            user
        });
    }
    reqio
}

/// The identity that a component above this one started.
///
/// # Panics
/// If none did.
#[must_use]
pub fn use_reqio() -> Reqio {
    expect_context()
}

impl Reqio {
    fn new() -> Self {
        Self {
            running: cfg!(target_arch = "wasm32").then(|| StoredValue::new_local(None)),
            page_user: StoredValue::new(None),
            status: RwSignal::new(Status::Starting),
            widget: RwSignal::new(WidgetState::Absent),
            identified_user: RwSignal::new(None),
            token: RwSignal::new(None),
            identified_until: RwSignal::new(None),
        }
    }

    /// Whom your page shows, by the id that is the `sub` of their tokens: the widget is told of
    /// nobody else, and nobody is asked for a token while there is no user. Keep the last value
    /// while you do not know: from a user to nobody is a sign-out.
    pub fn user(&self, user: impl Into<Signal<Option<String>>>) {
        self.page_user.set_value(Some(user.into()));
    }

    /// Where the tab stands, with the reason where something is amiss.
    #[must_use]
    pub fn status(&self) -> Signal<Status> {
        self.status.into()
    }

    /// Where the widget stands, whoever is signed in.
    #[must_use]
    pub fn widget(&self) -> Signal<WidgetState> {
        self.widget.into()
    }

    /// The user whose tokens the widget is given.
    #[must_use]
    pub fn identified_user(&self) -> Signal<Option<String>> {
        self.identified_user.into()
    }

    /// The token in use.
    #[must_use]
    pub fn token(&self) -> Signal<Option<HeldToken>> {
        self.token.into()
    }

    /// Until when the widget may act as the user it was told of, on the clock of
    /// [`now`](Self::now).
    #[must_use]
    pub fn identified_until(&self) -> Signal<Option<Duration>> {
        self.identified_until.into()
    }

    /// The time on the clock by which tokens expire. It is no signal: ask again.
    #[must_use]
    pub fn now(&self) -> Duration {
        self.ask(Client::now).unwrap_or_default()
    }

    /// The user with this id has signed in on this page. Where [`user`](Self::user) says so, this
    /// need not.
    pub fn signed_in(&self, user: impl Into<String>) {
        self.ask(|client| client.signed_in(user));
    }

    /// Your sign-out has ended the session: the page is loaded anew, without the user.
    pub fn signed_out(&self) {
        self.ask(Client::signed_out);
    }

    /// The user wants to sign out: the provider of [`start_with`] is asked to end the session until
    /// it has, then the page is loaded anew.
    pub fn sign_out(&self) {
        self.ask(Client::sign_out);
    }

    /// What a token says of the user has changed: another plan, another email.
    pub fn traits_changed(&self) {
        self.ask(Client::traits_changed);
    }

    /// A server function was refused because nobody is signed in, or a sign-out got no answer: find
    /// out.
    pub fn session_may_have_changed(&self) {
        self.ask(Client::session_may_have_changed);
    }

    /// The visitor wants a widget that was blocked tried again.
    pub fn retry_widget(&self) {
        self.ask(Client::retry_widget);
    }

    /// The widget's script, for an app that learns it from its server. One that is known from the
    /// start goes into [`Options::script`].
    pub fn set_script(&self, script: WidgetScript) {
        self.ask(|client| client.set_script(script));
    }

    fn run(
        &self,
        provider: impl Provider + 'static,
        options: Options,
        user: Option<Option<String>>,
    ) {
        let Some(running) = self.running else { return };
        let client = match user {
            None => Client::start(provider, options),
            Some(user) => Client::start_as(user, provider, options),
        };
        self.show(&client.snapshot());
        let reqio = *self;
        let subscription = client.subscribe(move |snapshot| reqio.show(snapshot));
        running.set_value(Some(Running {
            client,
            _subscription: subscription,
        }));
    }

    /// The page shows somebody else than before, or nobody.
    fn follow(&self, user: Option<String>) {
        self.ask(|client| match user {
            Some(user) if client.snapshot().user.as_deref() == Some(&user) => {}
            Some(user) => client.signed_in(user),
            None => client.signed_out(),
        });
    }

    fn ask<Answer>(&self, question: impl FnOnce(&Client) -> Answer) -> Option<Answer> {
        let answer = |running: &Option<Running>| Some(question(&running.as_ref()?.client));
        self.running?.try_with_value(answer)?
    }

    fn show(&self, snapshot: &Snapshot) {
        show(self.status, &snapshot.status);
        show(self.widget, &snapshot.widget);
        show(self.identified_user, &snapshot.user);
        show(self.token, &snapshot.token);
        show(self.identified_until, &snapshot.identified_until);
    }
}

/// Sets a signal, unless it says so already: nobody is to draw anew what has not changed.
fn show<T: Clone + PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: &T) {
    if signal.try_with_untracked(|shown| shown != value) == Some(true) {
        signal.set(value.clone());
    }
}
