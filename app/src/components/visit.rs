//! What the page knows: who is signed in, which Reqio it talks to, and how identity stands.

use std::time::Duration;

use leptos::prelude::*;
use reqio_leptos::{Options, Status, WidgetScript};

use super::{Attempt, provider::Server};
use crate::{
    ReqioProject, User,
    explanation::{self, SandboxAnswer, Story},
};

/// One page load, as every component reaches it by [`Visit::get`].
#[derive(Clone, Copy)]
pub(crate) struct Visit {
    /// Keeps Reqio told who is signed in.
    pub(crate) identity: reqio_leptos::Reqio,
    /// Who is signed in.
    pub(crate) user: RwSignal<Option<User>>,
    /// Where Reqio is, once the server has said so.
    pub(crate) reqio: RwSignal<Option<ReqioProject>>,
    /// The attempt to become somebody.
    pub(crate) attempt: Attempt,
    /// What has happened, for the explanation.
    pub(crate) story: RwSignal<Story>,
    /// What the sandbox made of the token.
    pub(crate) verdict: RwSignal<Option<SandboxAnswer>>,
}

/// What the visitor can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Wait.
    Loading,
    /// Sign in.
    SignedOut,
    /// Use their account.
    SignedIn,
}

impl Visit {
    /// Starts identity for this page.
    pub(crate) fn start() -> Self {
        let (user, reqio) = (RwSignal::new(None), RwSignal::new(None));
        let (story, verdict) = (RwSignal::default(), RwSignal::new(None));
        let mut options = Options::default();
        options.observer = Some(explanation::observer(story, verdict));
        let identity = reqio_leptos::start_with(Server { user, reqio }, options);
        Effect::new(move |_| {
            if let Some(reqio) = reqio.get() {
                let script = WidgetScript::new(reqio.project_id);
                identity.set_script(script.trusted_at(reqio.widget_url));
            }
        });
        let visit = Self {
            identity,
            user,
            reqio,
            attempt: Attempt::new(),
            story,
            verdict,
        };
        provide_context(visit);
        visit
    }

    /// The visit of the page that a component is on.
    pub(crate) fn get() -> Self {
        expect_context()
    }

    pub(crate) fn status(&self) -> Status {
        self.identity.status().get()
    }

    pub(crate) fn access(&self) -> Access {
        match self.status() {
            Status::Starting | Status::Leaving => Access::Loading,
            Status::Anonymous | Status::SignedOutElsewhere => Access::SignedOut,
            _ => Access::SignedIn,
        }
    }

    /// The visitor signed in on this page.
    pub(crate) fn signed_in(&self, user: User) {
        self.identity.signed_in(user.id.clone());
        self.user.set(Some(user));
    }

    /// The visitor's plan changed on this page.
    pub(crate) fn plan_changed(&self, user: User) {
        self.user.set(Some(user));
        self.identity.traits_changed();
    }

    /// Whether the sandbox stands in for Reqio.
    pub(crate) fn is_sandbox(&self) -> bool {
        self.reqio
            .with(|reqio| reqio.as_ref().is_some_and(|reqio| reqio.sandbox))
    }

    /// A page of the sandbox about this project; nothing where the real Reqio is.
    pub(crate) fn sandbox_page(&self, path: &str) -> String {
        self.reqio.with(|reqio| {
            let Some(reqio) = reqio.as_ref().filter(|reqio| reqio.sandbox) else {
                return String::new();
            };
            let origin = reqio.widget_url.strip_suffix("/widget.js");
            let origin = origin.unwrap_or(&reqio.widget_url);
            format!("{origin}/p/{}{path}", reqio.project_id)
        })
    }
}

/// The clock by which tokens expire, once a second: nothing else on the page changes by itself.
pub(crate) fn ticking(identity: reqio_leptos::Reqio) -> ReadSignal<Duration> {
    let (now, set_now) = signal(identity.now());
    let tick = move || set_now.set(identity.now());
    if let Ok(ticking) = set_interval_with_handle(tick, Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    now
}
