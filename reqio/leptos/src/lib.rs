//! Tells [Reqio](https://reqio.app) who is signed in to a [Leptos](https://leptos.dev) app: one
//! rendered in the browser, or by a server and hydrated. It was not made by Reqio.
//!
//! With a server function that mints a token by `reqio-identity`, and the widget's tag in your page
//! as Reqio documents it, identity is three lines:
//!
//! ```
//! use leptos::prelude::*;
//! use reqio_leptos::Identity;
//!
//! /// Takes no argument: nothing that the browser sends may decide whom the token is for.
//! async fn identity_token() -> Result<Option<Identity>, ServerFnError> {
//!     // `#[server]`, and in its body your own session and `reqio_identity::Minter::mint`.
//! #   Ok(None)
//! }
//!
//! #[component]
//! fn App() -> impl IntoView {
//!     let user: RwSignal<Option<String>> = RwSignal::new(None); // what you have already
//!
//!     let reqio = reqio_leptos::start(identity_token);
//!     reqio.user(user); // whoever your page shows, by the id that is the token's `sub`
//!     let sign_out = move |_| {
//!         user.set(None); // after your own sign-out
//!         reqio.signed_out();
//!     };
//!     view! { <button on:click=sign_out>"Sign out"</button> }
//! }
//! ```
//!
//! From then on the widget is told who is signed in, again before each token expires, and never of
//! anybody but the user whom your page shows. A user who signs out, here or in another tab, ends in
//! a page that is loaded anew, since Reqio documents no other way to make a widget forget.
//!
//! On a server all of it compiles and does nothing, but for [`ReqioScript`], which writes the
//! widget's tag.

mod answer;
mod provider;
mod reqio;
mod script;

pub use answer::{IdentityAnswer, IdentityError};
pub use reqio::{Reqio, start, start_with, use_reqio};
pub use reqio_browser::{
    Command, Event, Failure, Fresh, HeldToken, Identity, News, Notice, Observed, Observer, Options,
    ProjectId, Provider, Status, Timings, Token, TokenProblem, WidgetProblem, WidgetScript,
    WidgetState,
};
pub use script::ReqioScript;

/// The README's example is one of this crate, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
