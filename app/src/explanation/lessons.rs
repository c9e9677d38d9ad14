//! `POST /api/lessons`: what the page teaches beside what it does.

use json_post::JsonPost;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ApiError;

/// What can go wrong, and what to take home, as HTML: no visitor downloads the words, or code to
/// lay them out, before wanting to read them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lessons {
    /// A switch for each fault, `[data-fault]`; nothing where the real Reqio is set up.
    pub faults: String,
    /// The pieces to copy, filled with this configuration's project id and audience, never the
    /// secret.
    pub pieces: String,
}

/// The lessons of this configuration.
#[server(name = LessonsRequest, endpoint = "lessons", protocol = JsonPost)]
pub async fn lessons() -> Result<Lessons, ApiError> {
    let reqio = crate::backend::Backend::current()?.reqio().clone();
    let faults = if reqio.sandbox {
        let on = super::Fault::of(&crate::backend::request()?.headers);
        ssr::switches(on)
    } else {
        String::new()
    };
    Ok(Lessons {
        faults,
        pieces: ssr::pieces(&reqio),
    })
}

#[cfg(feature = "ssr")]
mod ssr {
    use maud::html;

    use super::super::{Fault, pieces};
    use crate::ReqioProject;

    pub(super) fn switches(on: Option<Fault>) -> String {
        let switches = html! {
            @for fault in Fault::ALL {
                @let is_on = (on == Some(fault)).to_string();
                li {
                    button type="button" role="switch" data-fault=(fault.name())
                        aria-checked=(is_on) { (fault.title()) }
                    p class="quiet" { (fault.behaviour()) }
                }
            }
        };
        switches.into_string()
    }

    pub(super) fn pieces(project: &ReqioProject) -> String {
        let pieces = html! {
            @for piece in pieces::pieces(project) {
                details {
                    summary { (piece.title) " " code { (piece.file) } }
                    pre class="code" tabindex="0" { (piece.code) }
                    button type="button" class="secondary" data-copy { "Copy" }
                }
            }
        };
        pieces.into_string()
    }
}
