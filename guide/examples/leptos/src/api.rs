//! `POST /api/identity_token`: the signed-in user, as a token for Reqio.
// take home: server function
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

/// A token for Reqio, and the seconds that it is good for.
#[derive(Clone, Serialize, Deserialize)]
pub struct Identity {
    pub token: String,
    pub expires_in: u64,
}

/// Takes no argument on purpose: nothing that the browser could send may decide who the token is
/// for.
#[server(endpoint = "identity_token", input = Json)]
pub async fn identity_token() -> Result<Identity, ServerFnError> {
    use axum::http::{HeaderValue, StatusCode, header::CACHE_CONTROL};

    let response = expect_context::<leptos_axum::ResponseOptions>();
    response.insert_header(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let Some(user) = crate::session::signed_in_user().await else {
        response.set_status(StatusCode::UNAUTHORIZED);
        return Err(ServerFnError::new("unauthorized"));
    };
    let token = crate::reqio::identity_token(&user.id, &user.email, user.traits).map_err(|error| {
        // The browser is told no more than that: the details are for the log.
        eprintln!("no identity token: {error}");
        ServerFnError::new("identity error")
    })?;
    Ok(Identity { token, expires_in: 300 })
}
// take home: end
