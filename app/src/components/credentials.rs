//! An attempt to become somebody.

use leptos::prelude::*;
use reqio_leptos::Reqio;

use crate::{ApiError, Password, User, explanation::Story, sign_in, sign_up};

/// What somebody signs in with, or up if they say what they are called.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) name: Option<String>,
    pub(crate) email: String,
    pub(crate) password: Password,
}

/// Signs in or up. An `Action` over the two functions: a `ServerAction` for each does the same, and
/// brings a parser of addresses along for forms without scripts, which a visitor would load.
pub(super) fn attempt(reqio: Reqio, story: Story) -> Action<Credentials, Result<User, ApiError>> {
    Action::new(move |credentials: &Credentials| {
        let Credentials {
            name,
            email,
            password,
        } = credentials.clone();
        story.signing_in(reqio.now(), name.is_some());
        async move {
            match name {
                Some(name) => sign_up(name, email, password).await,
                None => sign_in(email, password).await,
            }
        }
    })
}
