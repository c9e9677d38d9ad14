//! `GET /source/…`: the files behind the steps on the page, as this server was built from them.

use app::{ApiError, ErrorCode};
use axum::extract::Path;

macro_rules! sources {
    ($($file:literal),* $(,)?) => { [$(($file, include_str!(concat!("../../../", $file)))),*] };
}

/// In the order in which a sign-in passes through them.
const SOURCES: [(&str, &str); 7] = sources![
    "app/src/components/sign_in_form.rs",
    "app/src/api/sign_in.rs",
    "accounts/src/session.rs",
    "app/src/api/identity_token.rs",
    "reqio/identity/src/minter.rs",
    "reqio/browser/src/binding.rs",
    "sandbox/src/http/judge.rs",
];

/// One of the files, as plain text.
pub(crate) async fn show(Path(file): Path<String>) -> Result<&'static str, ApiError> {
    match SOURCES.iter().find(|(name, _)| *name == file) {
        Some((_, text)) => Ok(*text),
        None => Err(ErrorCode::NotFound.into()),
    }
}
