//! `GET /server-rendered`: the path of Reqio's guides where the server writes the token into the page.
//!
//! Compare it with the single-page app: there is no `identify` and no refresh, because every page load
//! brings a fresh token.

use std::sync::Arc;

use app::{ApiError, ErrorCode, Identity, ReqioProject, backend::AppState as Backend};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, html};

use super::static_files::accepts_html;
use crate::page::Page;

/// The page for whoever is signed in, with a token minted for this response.
pub(crate) async fn show(
    State(backend): State<Arc<Backend>>,
    State(page): State<Arc<Page>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Some(user) = backend.user_of(&headers).await? else {
        return unauthorized(&page, &headers);
    };
    let identity = backend.mint(&user)?;
    let body = html! {
        h1 { "Identified by the server" }
        p {
            "You are " strong { (user.name) } ". This page came with a token on the widget's \
             script tag, minted for this response alone. It needs no refresh: the next page load \
             brings the next token."
        }
        p { a href="/" { "Back to the single-page app" } }
        (widget(backend.reqio(), &identity))
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

fn unauthorized(page: &Page, headers: &HeaderMap) -> Result<Response, ApiError> {
    if !accepts_html(headers) {
        return Err(ErrorCode::Unauthorized.into());
    }
    let body = html! {
        h1 { "Nobody is signed in" }
        p {
            "A token says who somebody is, so without a session there is none: this page answers \
             401 unauthorized."
        }
        p { a href="/" { "Sign in first" } }
    };
    let headers = [(CACHE_CONTROL, "no-store")];
    Ok((StatusCode::UNAUTHORIZED, headers, document(page, &body)).into_response())
}

fn document(page: &Page, body: &Markup) -> Markup {
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
