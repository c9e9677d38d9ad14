//! The backlog page, and the change of a status on it.

use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Redirect;
use maud::Markup;
use serde::Deserialize;

use crate::error::ApiError;
use crate::feature::Status;
use crate::pages;
use crate::{RequesterQuery, Sandbox};

#[derive(Deserialize)]
pub(crate) struct Change {
    status: Status,
}

pub(crate) async fn redirect(State(sandbox): State<Sandbox>) -> Redirect {
    Redirect::temporary(&page_of(&sandbox))
}

pub(crate) async fn show(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
) -> Result<Markup, ApiError> {
    let backlog = sandbox.store.backlog().await?;
    let requesters = sandbox.requesters(&RequesterQuery::default()).await?;
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or("localhost:3001");
    Ok(pages::backlog(
        &sandbox.config,
        host,
        sandbox.now(),
        &backlog,
        &requesters,
    ))
}

pub(crate) async fn set_status(
    State(sandbox): State<Sandbox>,
    path: Result<Path<(String, i64)>, PathRejection>,
    change: Result<Form<Change>, FormRejection>,
) -> Result<Redirect, ApiError> {
    let Path((_, feature)) = path?;
    let Form(Change { status }) =
        change.map_err(|_| ApiError::InvalidInput("there is no such status".into()))?;
    if !sandbox
        .store
        .set_status(feature, status, sandbox.now())
        .await?
    {
        return Err(ApiError::NotFound);
    }
    sandbox.changed();
    Ok(Redirect::to(&page_of(&sandbox)))
}

fn page_of(sandbox: &Sandbox) -> String {
    format!("/p/{}", sandbox.config.project)
}
