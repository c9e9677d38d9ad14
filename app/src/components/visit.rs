//! What the page knows: who is signed in, which Reqio it talks to, and what the visitor can do.

use leptos::prelude::*;
use reqio_leptos::{Options, Reqio, Status, WidgetScript};

use super::{Credentials, credentials::attempt, provider::Server};
use crate::{ApiError, ReqioProject, User, explanation::Story};

/// One page load, as every component reaches it by [`Visit::get`].
#[derive(Clone, Copy)]
pub(crate) struct Visit {
    /// Keeps Reqio told who is signed in.
    reqio: Reqio,
    /// Who is signed in.
    pub(crate) user: RwSignal<Option<User>>,
    /// Which Reqio this is, once the server has said so.
    pub(crate) project: RwSignal<Option<ReqioProject>>,
    /// Why the server did not say who is signed in, when it was asked last.
    pub(crate) problem: RwSignal<Option<ApiError>>,
    /// Whether the sandbox stands in for Reqio.
    pub(crate) is_sandbox: Memo<bool>,
    /// What the visitor can do.
    pub(crate) access: Memo<Access>,
    /// Becoming somebody by what is typed into the form.
    pub(crate) by_form: Action<Credentials, Result<User, ApiError>>,
    /// Becoming a demo customer. Two actions, since each says what went wrong in its own place.
    pub(crate) by_click: Action<Credentials, Result<User, ApiError>>,
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

impl From<Status> for Access {
    fn from(status: Status) -> Self {
        match status {
            Status::Starting | Status::Leaving => Self::Loading,
            Status::Anonymous | Status::SignedOutElsewhere => Self::SignedOut,
            _ => Self::SignedIn,
        }
    }
}

impl Visit {
    /// Starts identity for this page, and gives every component the visit.
    pub(crate) fn start() -> Self {
        let (user, project) = (RwSignal::new(None), RwSignal::new(None));
        let problem = RwSignal::new(None);
        let story = Story::new();
        let mut options = Options::default();
        options.observer = Some(story.observer());
        let server = Server {
            user,
            project,
            problem,
        };
        let reqio = reqio_leptos::start_with(server, options);
        story.listen(reqio);
        let is_sandbox = move |project: &Option<ReqioProject>| {
            project.as_ref().is_some_and(|project| project.sandbox)
        };
        let visit = Self {
            reqio,
            user,
            project,
            problem,
            is_sandbox: Memo::new(move |_| project.with(is_sandbox)),
            access: Memo::new(move |_| reqio.status().get().into()),
            by_form: attempt(reqio, story),
            by_click: attempt(reqio, story),
        };
        Effect::new(move |_| visit.load_widget());
        Effect::new(move |_| visit.welcome(visit.by_form.value().get()));
        Effect::new(move |_| visit.welcome(visit.by_click.value().get()));
        provide_context(story);
        provide_context(visit);
        visit
    }

    /// The visit of the page that a component is on.
    pub(crate) fn get() -> Self {
        expect_context()
    }

    /// Whether somebody is being signed in at this moment: one at a time.
    pub(crate) fn is_signing_in(&self) -> bool {
        self.by_form.pending().get() || self.by_click.pending().get()
    }

    /// Puts the widget's script on the page, once it is known which.
    fn load_widget(&self) {
        if let Some(project) = self.project.get() {
            let script = WidgetScript::new(project.project_id);
            self.reqio.set_script(script.trusted_at(project.widget_url));
        }
    }

    /// The visitor signed in on this page, if the attempt did not fail.
    fn welcome(&self, answer: Option<Result<User, ApiError>>) {
        if let Some(Ok(user)) = answer {
            self.reqio.signed_in(user.id.clone());
            self.user.set(Some(user));
        }
    }

    /// The visitor's plan changed on this page.
    pub(crate) fn plan_changed(&self, user: User) {
        self.user.set(Some(user));
        self.reqio.traits_changed();
    }

    /// A page of the sandbox about this project.
    pub(crate) fn sandbox_page(&self, path: &str) -> Option<String> {
        let project = self.project.get().filter(|project| project.sandbox)?;
        // Whatever its script is called: one of the faults is a script that is not there.
        let (origin, _script) = project.widget_url.rsplit_once('/')?;
        Some(format!("{origin}/p/{}{path}", project.project_id))
    }
}
