//! The server functions, called for the lifecycle: answers become events.

use std::time::Duration;

use app::{ApiError, ErrorCode, Identity};
use identity::Token;
use lifecycle::{Failure, Fresh};

use super::claims::Part;

/// A token that has arrived, with the name of its user read from the token itself.
pub(super) fn fresh(identity: Identity) -> Option<Fresh<String, Token>> {
    let user = Part::payload(&identity.token)?.subject()?;
    Some(Fresh {
        user,
        token: identity.token,
        lifetime: Duration::from_secs(identity.expires_in),
    })
}

/// What an error means for trying again.
pub(super) fn failure(error: &ApiError) -> Failure {
    match error.code {
        ErrorCode::Unauthorized => Failure::Unauthorized,
        _ => Failure::Retry(error.retry_after.map(Duration::from_secs)),
    }
}
