//! The app's own server functions.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the app knows of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    pub id: String,
    pub plan: String,
    pub cents_a_year: u32,
}

#[server(endpoint = "current_user")]
pub async fn current_user() -> Result<Option<User>, ServerFnError> {
    let session: tower_sessions::Session = leptos_axum::extract().await?;
    Ok(session.get("user").await?)
}

/// Your own asks for a password: whoever can reach this example may be either user.
#[server(endpoint = "sign_in")]
pub async fn sign_in(id: String) -> Result<(), ServerFnError> {
    let (plan, cents_a_year) = match id.as_str() {
        "ada" => ("scale".to_owned(), 99_000),
        "bob" => ("pro".to_owned(), 34_800),
        _ => return Err(ServerFnError::new("There is no such user.")),
    };
    let user = User {
        id,
        plan,
        cents_a_year,
    };
    let session: tower_sessions::Session = leptos_axum::extract().await?;
    session.cycle_id().await?;
    Ok(session.insert("user", user).await?)
}

#[server(endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), ServerFnError> {
    let session: tower_sessions::Session = leptos_axum::extract().await?;
    Ok(session.flush().await?)
}

/// Takes no argument: nothing that the browser sends may decide whom a token is for.
#[server(endpoint = "identity_token")]
pub async fn identity_token() -> Result<Option<reqio_leptos::Identity>, ServerFnError> {
    use reqio_identity::{Cents, Interval, Minter, Subject};

    let Some(user) = current_user().await? else {
        return Ok(None);
    };
    let axum::Extension(minter): axum::Extension<Minter> = leptos_axum::extract().await?;
    let subject = Subject::new(user.id)
        .plan(user.plan)
        .amount(Cents::from(user.cents_a_year))
        .interval(Interval::Year);
    Ok(Some(minter.mint(&subject)?))
}
