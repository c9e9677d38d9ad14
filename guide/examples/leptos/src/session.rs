//! Your own sessions. Keep what you have: all that identity needs is an answer to "which user is
//! this request from?"

use leptos::{prelude::*, server_fn::codec::Json};

/// A user as your own system knows one.
#[cfg(feature = "ssr")]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) traits: crate::reqio::Traits,
}

/// The user of the request being answered. This one knows one user: whoever brings the cookie
/// `session` with the value of the variable DEMO_SESSION. Without that variable nobody is signed
/// in.
#[cfg(feature = "ssr")]
pub(crate) async fn signed_in_user() -> Option<User> {
    use axum::http::{HeaderMap, header::COOKIE};

    let session = format!("session={}", std::env::var("DEMO_SESSION").ok()?);
    let headers: HeaderMap = leptos_axum::extract().await.ok()?;
    let mut cookies = headers.get(COOKIE)?.to_str().ok()?.split("; ");
    cookies.any(|cookie| cookie == session).then(|| User {
        id: "usr_1".to_owned(),
        email: "ada@example.com".to_owned(),
        traits: crate::reqio::Traits { plan: "scale".to_owned(), amount: 99_000, interval: "year" },
    })
}

/// Ends the session.
#[server(endpoint = "sign_out", input = Json)]
pub async fn sign_out() -> Result<(), ServerFnError> {
    use axum::http::{HeaderValue, header::SET_COOKIE};

    let response = expect_context::<leptos_axum::ResponseOptions>();
    response.insert_header(SET_COOKIE, HeaderValue::from_static("session=; Path=/; Max-Age=0"));
    Ok(())
}
