//! The right half: what Reqio knows of the visitor, and by which token.

use leptos::prelude::*;
use reqio_leptos::use_reqio;

use super::{IdentityState, MissingWidget, TokenInUse, Worth};
use crate::explanation::Verdict;

/// The outcome first, then the token behind it.
#[component]
pub(crate) fn WhatReqioSees() -> impl IntoView {
    let token = use_reqio().token();
    let is_identified = Memo::new(move |_| token.with(Option::is_some));
    view! {
        <section class="card" aria-labelledby="what-reqio-sees">
            <h2 id="what-reqio-sees">"What Reqio sees"</h2>
            <IdentityState />
            <MissingWidget />
            <Show when=move || is_identified.get() fallback=|| view! { <Anonymous /> }>
                <div class="outcome">
                    <Verdict />
                    <Worth />
                </div>
                <TokenInUse />
            </Show>
        </section>
    }
}

/// What it sees of a visitor without a token, and what a token changes.
#[component]
fn Anonymous() -> impl IntoView {
    view! {
        <dl class="facts">
            <dt>"Who"</dt>
            <dd>"Nobody it knows: a random id that the widget keeps in this browser."</dd>
            <dt>"Pays"</dt>
            <dd>"Unknown, so a request adds a voice to the backlog and no revenue."</dd>
            <dt>"After a sign-in"</dt>
            <dd>
                "The id and email of the user, the plan, and what it costs a month: signed by the \
                 server, and good for five minutes."
            </dd>
        </dl>
    }
}
