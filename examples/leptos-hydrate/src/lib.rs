//! An app that a server renders and the browser takes over: identified from the first request on.

pub mod api;

use leptos::{form::ActionForm, hydration::HydrationScripts, prelude::*};
use reqio_leptos::{Identity, ReqioScript, WidgetScript};

use crate::api::{SignIn, SignOut, current_user, identity_token};

/// The page around the app, which only the server renders.
pub fn shell(script: WidgetScript, identity: Option<Identity>) -> impl IntoView {
    let name = env!("CARGO_PKG_NAME");
    let options = LeptosOptions::builder().output_name(name).build();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <title>"Acme"</title>
                <link rel="icon" href="data:," />
                <HydrationScripts options />
                <ReqioScript script identity />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

#[component]
pub fn App() -> impl IntoView {
    let sign_in = ServerAction::<SignIn>::new();
    let sign_out = ServerAction::<SignOut>::new();
    let answer = Resource::new(
        move || (sign_in.version().get(), sign_out.version().get()),
        |_| current_user(),
    );

    let reqio = reqio_leptos::start(identity_token);
    // A question that got no answer changes nothing.
    reqio.user(Memo::new(move |before| match answer.get() {
        Some(Ok(user)) => user,
        _ => before.cloned().flatten(),
    }));
    Effect::new(move || match sign_out.value().get() {
        Some(Ok(())) => reqio.signed_out(),
        Some(Err(_)) => reqio.session_may_have_changed(),
        None => {}
    });

    view! {
        <main>
            <Transition>
                <p>
                    {move || match answer.get() {
                        Some(Ok(Some(user))) => format!("Signed in: {user}"),
                        _ => "Nobody is signed in.".to_owned(),
                    }}
                </p>
            </Transition>
            <ActionForm action=sign_in>
                "Sign in as "
                <input type="submit" name="user" value="ada" aria-label="Sign in as Ada" />
                <input type="submit" name="user" value="bob" aria-label="Sign in as Bob" />
            </ActionForm>
            <ActionForm action=sign_out>
                <button>"Sign out"</button>
            </ActionForm>
            <p>"Reqio: "<output>{move || format!("{:?}", reqio.status().get())}</output></p>
        </main>
    }
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(App);
}
