//! The app's server functions, and what the server's records say of a user.

use leptos::prelude::*;

#[server(endpoint = "current_user")]
pub async fn current_user() -> Result<Option<String>, ServerFnError> {
    let session: tower_sessions::Session = leptos_axum::extract().await?;
    Ok(session.get("user").await?)
}

/// Your own asks for a password: whoever can reach this example may be either user.
#[server(endpoint = "sign_in")]
pub async fn sign_in(user: String) -> Result<(), ServerFnError> {
    if !["ada", "bob"].contains(&user.as_str()) {
        return Err(ServerFnError::new("There is no such user."));
    }
    let session: tower_sessions::Session = leptos_axum::extract().await?;
    session.cycle_id().await?;
    Ok(session.insert("user", user).await?)
}

#[server(endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), ServerFnError> {
    let session: tower_sessions::Session = leptos_axum::extract().await?;
    Ok(session.flush().await?)
}

/// The tokens after the first, which the page comes with. Takes no argument: nothing that the
/// browser sends may decide whom a token is for.
#[server(endpoint = "identity_token")]
pub async fn identity_token() -> Result<Option<reqio_leptos::Identity>, ServerFnError> {
    let user = current_user().await?;
    let reqio: axum::Extension<reqio_identity::Configuration> = leptos_axum::extract().await?;
    let identity = user.map(|user| reqio.minter().mint(&subject(user)));
    Ok(identity.transpose()?)
}

#[cfg(feature = "ssr")]
pub fn subject(user: String) -> reqio_identity::Subject {
    let cents = if user == "ada" { 99_000_u32 } else { 34_800 };
    let subject = reqio_identity::Subject::new(user).amount(cents.into());
    subject.interval(reqio_identity::Interval::Year)
}
