//! The cookies that a request brought.

use axum::http::{HeaderMap, header::COOKIE};
use cookie::Cookie;

/// Every value of the cookie with this name, in the order they came. What cannot be read is left
/// out.
pub(crate) fn values<'a>(
    headers: &'a HeaderMap,
    name: &'a str,
) -> impl Iterator<Item = String> + 'a {
    let headers = headers
        .get_all(COOKIE)
        .into_iter()
        .filter_map(|header| header.to_str().ok());
    let cookies = headers.flat_map(Cookie::split_parse).flatten();
    cookies
        .filter(move |cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}
