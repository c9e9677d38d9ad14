//! The project in the address of the team's pages, which must be the one served.

use std::collections::HashMap;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::error::ApiError;
use crate::Sandbox;

/// Taken by every handler under `/p/{project}`: what names another project, or none that can be
/// read, is not found.
pub(super) struct ServedProject;

impl FromRequestParts<Sandbox> for ServedProject {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, sandbox: &Sandbox) -> Result<Self, ApiError> {
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, sandbox).await;
        let Path(mut path) = path?;
        let asked = path.remove("project").ok_or(ApiError::NotFound)?;
        let served = sandbox.config.project.as_str();
        if asked == served {
            return Ok(Self);
        }
        Err(ApiError::UnknownProject {
            asked,
            served: served.to_owned(),
        })
    }
}
