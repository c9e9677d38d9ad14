//! `POST /api/lessons`: what the page teaches beside what it does.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ApiError, JsonPost};

/// What can go wrong, and what to take home, as HTML: no visitor downloads the words, or code to
/// lay them out, before wanting to read them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lessons {
    /// A switch for each fault, `[data-fault]`; nothing where the real Reqio is set up.
    pub faults: String,
    /// The pieces to copy, filled with this configuration's project id and audience, never the
    /// secret.
    pub snippets: String,
}

/// The lessons of this configuration.
#[server(name = LessonsRequest, endpoint = "lessons", protocol = JsonPost)]
pub async fn lessons() -> Result<Lessons, ApiError> {
    Ok(crate::backend::Backend::current()?.lessons())
}
