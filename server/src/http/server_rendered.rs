//! `GET /server-rendered`: the way of Reqio's guides where the server writes the token into the
//! page. No `identify` and no refresh, because every page load brings a fresh token.

use std::sync::Arc;

use app::{ApiError, ErrorCode, backend::Backend};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::static_files::accepts_html;
use crate::dist::Page;

/// The page for whoever is signed in, with a token minted for this response.
pub(crate) async fn show(
    State(backend): State<Arc<Backend>>,
    State(page): State<Arc<Page>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let (status, body) = match backend.user_of(&headers).await? {
        Some(user) => (StatusCode::OK, signed_in(&backend, &user)?),
        None if accepts_html(&headers) => (StatusCode::UNAUTHORIZED, signed_out()),
        None => return Err(ErrorCode::Unauthorized.into()),
    };
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Server-rendered identity" }
                (PreEscaped(&page.links))
            }
            body { main class="document" { (body) } }
        }
    };
    Ok((status, [(CACHE_CONTROL, "no-store")], document).into_response())
}

fn signed_in(backend: &Backend, user: &accounts::User) -> Result<Markup, ApiError> {
    let (reqio, identity) = (backend.reqio(), backend.mint(user)?);
    Ok(html! {
        h1 { "Identified by the server" }
        p {
            "You are " strong { (user.name) } ". This page came with a token on the widget's \
             script tag, minted for this response alone. It needs no refresh: the next page load \
             brings the next token."
        }
        p { a href="/" { "Back to the single-page app" } }
        script src=(reqio.widget_url) data-project-id=(reqio.project_id)
            data-identity-token=(identity.token.as_str()) async {}
    })
}

fn signed_out() -> Markup {
    html! {
        h1 { "Nobody is signed in" }
        p {
            "A token says who somebody is, so without a session there is none: this page answers \
             401 unauthorized."
        }
        p { a href="/" { "Sign in first" } }
    }
}
