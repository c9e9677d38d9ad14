//! The six pieces, filled with a project's own values.

use reqio_identity::{Audience, ProjectId};

use crate::{cut::cut, fill::fill};

const MINTING: &str = include_str!("../examples/server_rendered/reqio.rs");
const SERVER: &str = include_str!("../examples/server_rendered/main.rs");
const SERVER_FUNCTION: &str = include_str!("../examples/leptos/src/api.rs");
const BINDING: &str = include_str!("../examples/leptos/src/widget.rs");
const PAGE: &str = include_str!("../examples/leptos/index.html");
const VARIABLES: &str = include_str!("../examples/reqio.env");

/// A piece of code to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// A short name that never changes, for links: `minting`, `server-function`.
    pub name: &'static str,
    /// What it is, in a few words for a person.
    pub title: &'static str,
    /// Where it goes in the reader's own app, such as `src/reqio.rs`.
    pub file: &'static str,
    /// The code, with a line end after its last line.
    pub code: String,
}

/// The six pieces, in the order in which one needs them: minting, axum handler, server function,
/// binding, script tag, `.env`.
///
/// They carry the given project id, audience and address of the widget's script, all of which are
/// public. In place of the signing secret stands a placeholder: nobody can hand the secret to this
/// function.
#[must_use]
pub fn snippets(project: &ProjectId, audience: &Audience, widget_url: &str) -> Vec<Snippet> {
    let audience = audience.to_string();
    // The audience before the project id, which is a part of it.
    let values = [
        ("https://reqio.app/widget.js", widget_url),
        ("https://reqio.app/p/your-project-id", audience.as_str()),
        ("your-project-id", project.as_str()),
    ];
    [
        (
            "minting",
            "Mint a token, with jsonwebtoken alone",
            "src/reqio.rs",
            cut(MINTING, "minting"),
        ),
        (
            "axum-handler",
            "An axum handler for server-rendered pages",
            "src/main.rs",
            cut(SERVER, "handler"),
        ),
        (
            "server-function",
            "The Leptos server function",
            "src/api.rs",
            cut(SERVER_FUNCTION, "server function"),
        ),
        (
            "binding",
            "The binding to window.Reqio",
            "src/widget.rs",
            cut(BINDING, "binding"),
        ),
        (
            "script-tag",
            "The widget's script tag",
            "index.html",
            cut(PAGE, "script tag"),
        ),
        (
            "env",
            "The server's environment",
            ".env",
            cut(VARIABLES, "env"),
        ),
    ]
    .map(|(name, title, file, code)| Snippet {
        name,
        title,
        file,
        code: fill(&code, &values),
    })
    .into()
}

#[cfg(test)]
mod tests {
    use super::{Snippet, snippets};

    fn filled() -> Vec<Snippet> {
        let url = "http://localhost:3001/widget.js";
        snippets(
            &"my-shop".parse().unwrap(),
            &"my-shop".parse().unwrap(),
            url,
        )
    }

    #[test]
    fn there_are_six_pieces_and_none_is_empty_or_shows_a_marker() {
        let names: Vec<&str> = filled().iter().map(|snippet| snippet.name).collect();
        assert_eq!(
            names,
            [
                "minting",
                "axum-handler",
                "server-function",
                "binding",
                "script-tag",
                "env"
            ]
        );
        for Snippet { name, code, .. } in filled() {
            assert!(
                code.lines().count() <= 60 && code.trim().len() > 80,
                "{name}: {code}"
            );
            assert!(
                code.ends_with('\n') && !code.contains("take home"),
                "{name}: {code}"
            );
        }
    }

    #[test]
    fn a_piece_says_the_projects_own_values_and_no_placeholder_but_the_secrets() {
        let code: String = filled().into_iter().map(|snippet| snippet.code).collect();
        for value in [
            "REQIO_PROJECT_ID=my-shop\n",
            "REQIO_AUDIENCE=https://reqio.app/p/my-shop\n",
        ] {
            assert_eq!(code.matches(value).count(), 1, "{value}");
        }
        assert!(
            code.contains(r#"src="http://localhost:3001/widget.js" data-project-id="my-shop""#)
        );
        assert!(code.contains("\nREQIO_SECRET=the-secret-exactly-as-reqio-shows-it\n"));
        for placeholder in ["your-project-id", "https://reqio.app/widget.js"] {
            assert!(!code.contains(placeholder), "{placeholder} is still there");
        }
    }

    /// A piece may name the others, and the session that every app has of its own.
    #[test]
    fn a_piece_names_nothing_that_only_this_repository_has() {
        for Snippet { name, code, .. } in filled() {
            for rest in code.split("crate::").skip(1) {
                let known = ["reqio::identity_token", "session::signed_in_user"];
                assert!(
                    known.iter().any(|known| rest.starts_with(known)),
                    "{name}: crate::{rest}"
                );
            }
            for ours in [
                "super::",
                "identity::Token",
                "lifecycle",
                "accounts",
                "app::",
                "Backend",
                "ApiError",
            ] {
                assert!(!code.contains(ours), "{name} needs {ours}");
            }
        }
    }
}
