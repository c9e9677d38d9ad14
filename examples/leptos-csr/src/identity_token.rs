//! The app's server function for Reqio.

use leptos::prelude::*;
use reqio_leptos::Identity;

/// A token for whoever is signed in. It takes no argument: nothing that the browser sends may
/// decide whom the token is for.
#[server(endpoint = "identity_token")]
pub async fn identity_token() -> Result<Option<Identity>, ServerFnError> {
    use reqio_identity::{Cents, Interval, Minter, Subject};

    let Some(user) = crate::api::current_user().await? else {
        return Ok(None);
    };
    let subject = Subject::new(user.id)
        .plan(user.plan)
        .amount(Cents::from(user.cents_a_year))
        .interval(Interval::Year);
    Ok(Some(expect_context::<Minter>().mint(&subject)?))
}
