//! "Take it home": six pieces for the reader's own app, with this project's values. The code is cut
//! from the examples, which depend on the crates as anybody would.

use reqio_identity::{Audience, Token, WidgetScript};

use super::Piece;
use crate::ReqioProject;

macro_rules! example {
    ($file:literal) => {
        include_str!(concat!("../../../examples/", $file))
    };
}

const SERVER: &str = example!("axum/src/main.rs");
const SERVER_FUNCTIONS: &str = example!("leptos-csr/src/api.rs");
const LEPTOS: &str = example!("leptos-csr/src/lib.rs");
const OTHER: &str = example!("plain/src/page.rs");

/// The pieces, in the order in which one needs them. Nobody can hand the secret to this function: a
/// placeholder stands in its place.
pub(super) fn pieces(project: &ReqioProject) -> [Piece; 6] {
    [
        ("The crates to depend on", "Cargo.toml", dependencies()),
        (
            "On the server: mint tokens",
            "src/main.rs",
            [
                cut(SERVER, "// What is missing or wrong", "};"),
                cut(SERVER, "/// For the scripts of a page", "}"),
                cut(SERVER, "fn mint(", "}"),
            ]
            .join("\n"),
        ),
        (
            "In a Leptos app: a server function, and three lines",
            "src/lib.rs",
            [
                cut(SERVER_FUNCTIONS, "/// Takes no argument", "}"),
                cut(LEPTOS, "let reqio = ", "});"),
            ]
            .join("\n"),
        ),
        (
            "In any other WebAssembly app",
            "src/page.rs",
            [
                cut(OTHER, "/// The server, as far as", "}"),
                cut(OTHER, "/// Runs for as long as", "}"),
            ]
            .join("\n"),
        ),
        (
            "On a page that your server renders: the tag",
            "page.html",
            tag(project),
        ),
        ("The server's environment", ".env", environment(project)),
    ]
    .map(|(title, file, code)| Piece {
        title: title.to_owned(),
        file: file.to_owned(),
        code,
    })
}

fn dependencies() -> String {
    let line = |manifest: &'static str, name: &str| {
        let mut lines = manifest.lines();
        lines
            .find(|line| line.starts_with(name))
            .unwrap_or_default()
    };
    format!(
        "# Each path leads to the folder reqio/ of this repository; `git = \"...\"` does as well.\n\
         # The server:\n{}\n# A Leptos app:\n{}\n# Any other WebAssembly app:\n{}\n",
        line(example!("axum/Cargo.toml"), "reqio-identity = "),
        line(example!("leptos-csr/Cargo.toml"), "reqio-leptos = "),
        line(example!("plain/Cargo.toml"), "reqio-browser = "),
    )
}

fn tag(project: &ReqioProject) -> String {
    let script = WidgetScript::new(project.project_id.clone()).trusted_at(&project.widget_url);
    let token = Token::from_compact("a-token-minted-for-this-very-page");
    format!(
        "<!-- Send it with Cache-Control: no-store. Without a user there is no token. -->\n{}\n",
        script.tag(Some(&token))
    )
}

fn environment(project: &ReqioProject) -> String {
    let (id, url) = (&project.project_id, &project.widget_url);
    let audience = Audience::from(id.clone());
    format!(
        "# Project > Settings > Identity > Reveal secret, as it stands. It stays on the server.\n\
         REQIO_SECRET=the-secret-exactly-as-reqio-shows-it\n\
         REQIO_PROJECT_ID={id}\nREQIO_AUDIENCE={audience}\nREQIO_WIDGET_URL={url}\n"
    )
}

/// The lines of `source` from the one that starts with `first` to the next one that is `last`, at
/// the same indentation, without it. Nothing if there is none, which a test would notice.
fn cut(source: &str, first: &str, last: &str) -> String {
    let mut piece = String::new();
    let mut indentation = None;
    for line in source.lines() {
        if indentation.is_none() && line.trim_start().starts_with(first) {
            indentation = Some(line.len() - line.trim_start().len());
        }
        if let Some(indentation) = indentation {
            let line = line.get(indentation..).unwrap_or_default();
            piece += line;
            piece.push('\n');
            if line == last {
                return piece;
            }
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::{cut, pieces};
    use crate::{ReqioProject, explanation::Piece};

    fn of_a_shop() -> [Piece; 6] {
        pieces(&ReqioProject {
            project_id: "my-shop".parse().unwrap(),
            widget_url: "http://localhost:3001/widget.js".to_owned(),
            sandbox: true,
        })
    }

    #[test]
    fn every_piece_is_whole() {
        let expected = [
            ["reqio-identity = {", "reqio-browser = {"],
            ["Configuration::from_env()?", "reqio.minter.mint(&subject)"],
            [
                "async fn identity_token()",
                "reqio_leptos::start(identity_token)",
            ],
            ["impl Provider for Backend {", "Client::start(Backend"],
            ["<script ", " async></script>"],
            ["REQIO_SECRET=", "REQIO_WIDGET_URL="],
        ];
        for (piece, parts) in of_a_shop().iter().zip(expected) {
            for part in parts {
                assert!(piece.code.contains(part), "{}: {}", piece.title, piece.code);
            }
            let lines = piece.code.lines().count();
            assert!(lines <= 60 && piece.code.ends_with('\n'), "{}", piece.title);
        }
    }

    #[test]
    fn the_pieces_say_the_projects_own_values_and_a_placeholder_for_the_secret() {
        let [.., tag, environment] = of_a_shop();
        let shop = r#"src="http://localhost:3001/widget.js" data-project-id="my-shop""#;
        assert!(tag.code.contains(shop), "{}", tag.code);
        for line in [
            "REQIO_PROJECT_ID=my-shop\n",
            "REQIO_AUDIENCE=https://reqio.app/p/my-shop\n",
            "REQIO_SECRET=the-secret-exactly-as-reqio-shows-it\n",
        ] {
            assert!(environment.code.contains(line), "{}", environment.code);
        }
    }

    #[test]
    fn a_cut_ends_at_its_own_indentation() {
        let source = "fn a() {\n    if b {\n        c();\n    }\n}\nfn d() {}\n";
        assert_eq!(cut(source, "if b", "}"), "if b {\n    c();\n}\n");
        assert_eq!(cut(source, "fn e", "}"), "");
    }
}
