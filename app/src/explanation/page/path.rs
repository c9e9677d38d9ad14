//! The six steps of a sign-in, lit as they happen.

use leptos::prelude::*;

use super::{Story, moments::Place};

/// The steps, each in the lane of whoever takes it. Until the app is there, index.html shows the
/// same words.
#[component]
pub(super) fn Path() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="path">
            <h2 id="path">"One sign-in, step by step"</h2>
            <div class="lanes" aria-hidden="true">
                <span>"Your page"</span>
                <span>"Your server, where the secret stays"</span>
                <span>"Reqio"</span>
            </div>
            <ol class="path">
                <Step
                    number=1
                    place=Place::Browser
                    title="You sign in"
                    file="app/src/components/sign_in_form.rs"
                    wire="POST /api/sign_in {\"email\", \"password\"}"
                />
                <Step
                    number=2
                    place=Place::Server
                    title="Your server starts a session"
                    file="accounts/src/session.rs"
                    wire="200 and a cookie that no script can read"
                />
                <Step
                    number=3
                    place=Place::Browser
                    title="The page asks for a token"
                    file="app/src/api/identity_token.rs"
                    wire="POST /api/identity_token {}"
                />
                <Step
                    number=4
                    place=Place::Server
                    title="Your server signs one with the secret"
                    file="reqio/identity/src/minter.rs"
                    wire="200 {\"token\": \"eyJ…\", \"expires_in\": 300}"
                />
                <Step
                    number=5
                    place=Place::Browser
                    title="The page hands it to the widget"
                    file="reqio/browser/src/binding.rs"
                    wire="window.Reqio.identify(\"eyJ…\")"
                />
                <Step
                    number=6
                    place=Place::Reqio
                    title="Reqio verifies it and knows who asks"
                    file="sandbox/src/http/judge.rs"
                    wire="the token, with every request of the widget"
                />
            </ol>
        </section>
    }
}

/// One of them: what went over the wire, and how long it took after the step before.
#[component]
fn Step(
    number: usize,
    place: Place,
    title: &'static str,
    /// Where the code is that takes it.
    file: &'static str,
    /// What goes over the wire, as long as it has not come to that.
    wire: &'static str,
) -> impl IntoView {
    let story = Story::get();
    let moments = story.moments;
    let is_taken = Signal::derive(move || moments.with(|moments| moments.step(number).is_some()));
    let is_latest = Signal::derive(move || moments.with(|it| it.latest_step() == number));
    let is_refused = Signal::derive(move || number == 6 && story.is_refused());
    let wire = Signal::derive(move || {
        moments.with(|moments| match moments.step(number) {
            Some(moment) => moment.text.clone(),
            None => wire.to_owned(),
        })
    });
    let took = Signal::derive(move || match moments.with(|moments| moments.took(number)) {
        Some(milliseconds) => format!("after {milliseconds} ms"),
        None => String::new(),
    });
    view! {
        <li
            data-place=place.as_str()
            data-lit=is_taken
            data-latest=is_latest
            data-refused=is_refused
        >
            <a href=format!("/source/{file}")>{title}</a>
            <code>{wire}</code>
            <span>{took}</span>
        </li>
    }
}
