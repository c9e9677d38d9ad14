//! `POST /api/switch_fault`: something goes wrong on purpose, for this browser alone.

use json_post::JsonPost;
use leptos::prelude::*;

use crate::ApiError;

/// Switches a fault on in place of any other, by its name among the lessons, or all of them off
/// with an empty name. `signed_out_elsewhere` happens at once instead.
///
/// # Errors
/// `not_found` where the real Reqio is set up: there is nothing to play with. `invalid_input` for a
/// name that is none.
#[server(endpoint = "switch_fault", protocol = JsonPost)]
pub async fn switch_fault(fault: String) -> Result<(), ApiError> {
    use super::Fault;
    use crate::{ErrorCode, backend};

    let backend = backend::Backend::current()?;
    if !backend.reqio().sandbox {
        return Err(ErrorCode::NotFound.into());
    }
    let switched_on = match fault.as_str() {
        "" => None,
        name => Some(Fault::named(name).ok_or(ErrorCode::InvalidInput)?),
    };
    if switched_on == Some(Fault::SignedOutElsewhere) {
        return backend.end_session(None).await.map(drop);
    }
    backend::set_cookie(&Fault::cookie(switched_on, backend.cookies.secure))
}
