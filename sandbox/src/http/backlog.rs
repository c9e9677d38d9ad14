//! The team's view: the backlog as a page, as a compact one for a frame and as JSON, and the change
//! of a status.

use std::collections::HashMap;

use askama::Template;
use axum::Json;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error::{Answer, ApiError};
use crate::feature::Status;
use crate::memory::{BacklogEntry, Requester};
use crate::pages;
use crate::sandbox::Sandbox;

#[derive(Deserialize)]
pub(crate) struct Looks {
    /// Whether the page is to be the compact one.
    embed: Option<String>,
    /// The subject of whoever looks at it, whose share is shown. No proof is asked for: the team's
    /// page shows as much of everybody.
    visitor: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Change {
    status: Status,
}

pub(crate) async fn redirect(State(sandbox): State<Sandbox>) -> Redirect {
    Redirect::temporary(&page_of(&sandbox))
}

pub(crate) async fn show(
    State(sandbox): State<Sandbox>,
    looks: Result<Query<Looks>, QueryRejection>,
) -> Result<Html<String>, ApiError> {
    let Query(looks) = looks?;
    let (memory, compact) = (sandbox.memory(), looks.embed.is_some());
    let mut entries = memory.backlog();
    if compact {
        entries.retain(|entry| entry.feature.new.kind.is_public());
        entries.truncate(pages::COMPACT);
    }
    let page = pages::Backlog {
        title: "Backlog",
        config: &sandbox.config,
        now: sandbox.now(),
        // Ordered by revenue: the first has the largest.
        largest: entries
            .first()
            .map_or(1, |first| first.monthly_revenue.0.max(1)),
        entries: &entries,
        compact,
        visitor: looks.visitor.as_deref(),
    };
    Ok(Html(page.render()?))
}

/// Reqio asks for a Bearer key where a team's view is JSON. That the sandbox does not is its own
/// choice, since it runs on the developer's machine. No CORS header is sent: no page reads it.
pub(crate) async fn features(State(sandbox): State<Sandbox>) -> Answer {
    let is_shared = sandbox.config.is_shared();
    let voice = |one: &Option<&Requester>| {
        let email = one
            .and_then(|one| one.email.as_ref())
            .filter(|_| !is_shared);
        let (id, plan) = (one.map(|one| &one.id), one.map(|one| &one.plan));
        let monthly_amount = one.and_then(|one| one.monthly_amount);
        json!({ "id": id, "email": email, "plan": plan, "monthly_amount": monthly_amount })
    };
    let entry = |entry: &BacklogEntry<'_>| {
        let mut json = entry.feature.to_json();
        json["voices"] = entry.who.len().into();
        json["monthly_revenue"] = entry.monthly_revenue.0.into();
        json["who"] = entry.named().iter().map(voice).collect();
        json
    };
    let features: Value = sandbox.memory().backlog().iter().map(entry).collect();
    Ok(Json(json!({ "features": features })))
}

/// The list of requesters, with their addresses: closed where others reach the sandbox.
pub(crate) async fn requesters(State(sandbox): State<Sandbox>) -> Answer {
    if sandbox.config.is_shared() {
        return Err(ApiError::NotThisMachine);
    }
    Ok(Json(json!({ "requesters": sandbox.requesters() })))
}

/// Knows one project: what names another one, or none that can be read, is not found.
pub(crate) async fn other_project(
    State(sandbox): State<Sandbox>,
    path: Result<Path<HashMap<String, String>>, PathRejection>,
) -> ApiError {
    let served = sandbox.config.project.to_string();
    match path.ok().and_then(|Path(mut path)| path.remove("project")) {
        Some(asked) if asked != served => ApiError::UnknownProject { asked, served },
        _ => ApiError::NotFound,
    }
}

pub(crate) async fn set_status(
    State(sandbox): State<Sandbox>,
    id: Result<Path<i64>, PathRejection>,
    change: Result<Form<Change>, FormRejection>,
) -> Result<Redirect, ApiError> {
    let Path(feature) = id?;
    let Form(Change { status }) =
        change.map_err(|_| ApiError::InvalidInput("there is no such status".into()))?;
    let now = sandbox.now();
    sandbox.memory().features.set_status(feature, status, now)?;
    sandbox.changed();
    Ok(Redirect::to(&page_of(&sandbox)))
}

fn page_of(sandbox: &Sandbox) -> String {
    format!("/p/{}", sandbox.config.project)
}
