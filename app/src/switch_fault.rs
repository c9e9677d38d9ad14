//! `POST /api/switch_fault`: something goes wrong on purpose, for this browser alone.

use leptos::prelude::*;

use crate::{ApiError, JsonPost};

/// Switches a fault on in place of any other, by its name in `data-fault`, or all of them off with
/// an empty name. `signed_out_elsewhere` happens at once instead.
///
/// # Errors
/// `not_found` where the real Reqio is set up: there is nothing to play with. `invalid_input` for a
/// name that is none.
#[server(endpoint = "switch_fault", protocol = JsonPost)]
pub async fn switch_fault(fault: String) -> Result<(), ApiError> {
    crate::backend::Backend::current()?
        .switch_fault(&fault)
        .await
}
