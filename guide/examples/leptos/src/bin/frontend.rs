//! The browser's half: your page.

use acme::identity::{identify_user, sign_out};
use leptos::{mount::mount_to_body, prelude::*, task::spawn_local};

fn main() {
    mount_to_body(App);
    identify_user();
}

#[component]
fn App() -> impl IntoView {
    view! {
        <h1>"Your app"</h1>
        <button on:click=move |_| spawn_local(sign_out())>"Sign out"</button>
    }
}
