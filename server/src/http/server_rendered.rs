//! `GET /server-rendered`: the other path of Reqio's guides, where the server writes the token into
//! the page.
//!
//! Read it beside the single-page app: no `identify` and no refresh, because every page load brings
//! a fresh token.

use std::sync::Arc;

use app::{ApiError, ErrorCode, Identity, ReqioProject, backend::Backend};
use axum::{
    extract::State,
    http::{
        HeaderMap, StatusCode,
        header::{ACCEPT, CACHE_CONTROL},
    },
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use crate::shell::Shell;

/// What the page needs.
pub(crate) struct ServerRendered {
    backend: Arc<Backend>,
    stylesheet: Option<String>,
    icon: Option<String>,
}

impl ServerRendered {
    /// It looks like the shell.
    pub(crate) fn new(backend: Arc<Backend>, shell: &Shell) -> Self {
        Self {
            backend,
            stylesheet: shell.stylesheet.clone(),
            icon: shell.icon.clone(),
        }
    }
}

/// The page for whoever is signed in, with a token minted for this very response.
pub(crate) async fn page(
    State(page): State<Arc<ServerRendered>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Some(user) = page.backend.user_of(&headers).await? else {
        return Ok(unauthorized(&page, &headers));
    };
    let identity = page.backend.mint(&user)?;
    let body = html! {
        h1 { "Identified by the server" }
        p {
            "You are " strong { (user.name) } ". This page came with a token on the widget's \
             script tag, minted for this response alone. It needs no refresh: the next page load \
             brings the next token."
        }
        p { a href="/" { "Back to the single-page app" } }
        (widget(page.backend.reqio(), &identity))
    };
    Ok(([(CACHE_CONTROL, "no-store")], document(&page, &body)).into_response())
}

/// The widget's script tag, as Reqio's guides write it for server-rendered pages.
fn widget(reqio: &ReqioProject, identity: &Identity) -> Markup {
    html! {
        script src=(reqio.widget_url) data-project-id=(reqio.project_id)
            data-identity-token=(identity.token.as_str()) async {}
    }
}

fn unauthorized(page: &ServerRendered, headers: &HeaderMap) -> Response {
    let accepts_html = headers
        .get(ACCEPT)
        .is_some_and(|accept| accept.to_str().is_ok_and(|a| a.contains("text/html")));
    if !accepts_html {
        return ApiError::from(ErrorCode::Unauthorized).into_response();
    }
    let body = html! {
        h1 { "Nobody is signed in" }
        p {
            "A token says who somebody is, so without a session there is none: this page answers \
             401 unauthorized."
        }
        p { a href="/" { "Sign in first" } }
    };
    (
        StatusCode::UNAUTHORIZED,
        [(CACHE_CONTROL, "no-store")],
        document(page, &body),
    )
        .into_response()
}

fn document(page: &ServerRendered, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Server-rendered identity" }
                @if let Some(icon) = &page.icon {
                    link rel="icon" href=(icon);
                }
                @if let Some(stylesheet) = &page.stylesheet {
                    link rel="stylesheet" href=(stylesheet);
                }
            }
            body { main class="document" { (body) } }
        }
    }
}
