//! An app of two pages whose users sign in, switch and sign out.

mod api;

use leptos::{form::ActionForm, prelude::*};
use leptos_router::{
    components::{A, Route, Router, Routes},
    path,
};

use crate::api::{SignIn, SignOut, current_user, identity_token};

#[component]
pub fn App() -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let sign_out = ServerAction::<SignOut>::new();
    let answer = Resource::new(
        move || (sign_in.version().get(), sign_out.version().get()),
        |_| current_user(),
    );
    // A question that got no answer changes nothing.
    let user = Memo::new(move |before| match answer.get() {
        Some(Ok(user)) => user,
        _ => before.cloned().flatten(),
    });

    let reqio = reqio_leptos::start(identity_token);
    reqio.user(Signal::derive(move || user.get().map(|user| user.id)));
    Effect::new(move || match sign_out.value().get() {
        Some(Ok(())) => reqio.signed_out(),
        Some(Err(_)) => reqio.session_may_have_changed(),
        None => {}
    });

    view! {
        <Router>
            <nav>
                <A href="/">"Home"</A>
                " "
                <A href="/settings">"Settings"</A>
            </nav>
            <main>
                <Routes fallback=|| "There is no such page.">
                    <Route path=path!("/") view=|| view! { <h1>"Home"</h1> } />
                    <Route path=path!("/settings") view=|| view! { <h1>"Settings"</h1> } />
                </Routes>
                <p>
                    {move || match user.get() {
                        Some(user) => format!("Signed in: {}", user.id),
                        None => "Nobody is signed in.".to_owned(),
                    }}
                </p>
                <ActionForm action=sign_in>
                    "Sign in as "
                    <input type="submit" name="id" value="ada" aria-label="Sign in as Ada" />
                    <input type="submit" name="id" value="bob" aria-label="Sign in as Bob" />
                </ActionForm>
                <Show when=move || user.get().is_some()>
                    <ActionForm action=sign_out>
                        <button>"Sign out"</button>
                    </ActionForm>
                </Show>
                <p>"Reqio: "<output>{move || format!("{:?}", reqio.status().get())}</output></p>
            </main>
        </Router>
    }
}
