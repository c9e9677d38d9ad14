//! Every block that names a file is that file, or a piece of it.

use std::fs;

use super::{block::blocks, root};
use crate::cut::{cut, marker};

const RUST: &str = "guide/examples/server_rendered";
const LEPTOS: &str = "guide/examples/leptos";

/// The file that a block belongs into, the file that it is cut from, and which piece of it; without
/// one, all of it.
type Piece = (&'static str, &'static str, Option<&'static str>);

/// For each document, where its sources are, and its blocks in order.
const PIECES: [(&str, &str, &[Piece]); 2] = [
    (
        "docs/rust.md",
        RUST,
        &[
            ("src/reqio.rs", "reqio.rs", Some("minting")),
            (".env", "../reqio.env", Some("env")),
            ("src/main.rs", "main.rs", Some("start")),
            ("src/main.rs", "main.rs", Some("handler")),
            ("src/main.rs", "main.rs", Some("session")),
            ("index.html", "../leptos/index.html", Some("script tag")),
            ("src/main.rs", "main.rs", Some("endpoint")),
            ("identify.js", "identify.js", Some("identify")),
        ],
    ),
    (
        "docs/leptos.md",
        LEPTOS,
        &[
            ("Cargo.toml", "Cargo.toml", None),
            ("src/lib.rs", "src/lib.rs", None),
            ("index.html", "index.html", None),
            ("Trunk.toml", "Trunk.toml", None),
            ("src/session.rs", "src/session.rs", None),
            ("src/api.rs", "src/api.rs", None),
            ("src/widget.rs", "src/widget.rs", Some("binding")),
            ("src/identity.rs", "src/identity.rs", None),
            ("src/bin/frontend.rs", "src/bin/frontend.rs", None),
            ("src/bin/server.rs", "src/bin/server.rs", None),
        ],
    ),
];

/// The file without its markers.
fn whole(source: &str) -> String {
    source
        .split_inclusive('\n')
        .filter(|line| marker(line).is_none())
        .collect()
}

/// The document with the text of every block that names a file replaced by its source.
fn up_to_date(document: &str, folder: &str, pieces: &[Piece]) -> String {
    let mut written = String::new();
    let mut rest = document;
    let mut pieces = pieces.iter();
    for block in blocks(document) {
        let Some(file) = block.file else { continue };
        let (belongs, source, piece) = pieces
            .next()
            .unwrap_or_else(|| panic!("{file}: no source is named for it"));
        assert_eq!(
            file, *belongs,
            "the blocks come in another order than their sources"
        );
        let source = fs::read_to_string(root().join(folder).join(source)).unwrap();
        let start = block.text.as_ptr().addr() - rest.as_ptr().addr();
        written.push_str(&rest[..start]);
        written.push_str(&piece.map_or_else(|| whole(&source), |piece| cut(&source, piece)));
        rest = &rest[start + block.text.len()..];
    }
    assert_eq!(pieces.next(), None, "the document lacks a block");
    written + rest
}

#[test]
fn every_block_that_names_a_file_is_cut_from_it() {
    for (document, folder, pieces) in PIECES {
        let path = root().join(document);
        let text = fs::read_to_string(&path).unwrap();
        let expected = up_to_date(&text, folder, pieces);
        if std::env::var_os("REWRITE_DOCUMENTS").is_some() {
            fs::write(&path, expected).unwrap();
        } else {
            let (is, should) = text
                .lines()
                .zip(expected.lines())
                .find(|(is, should)| is != should)
                .unwrap_or_default();
            assert!(
                text == expected,
                "{document} differs from the code it shows: it says {is:?}, the code {should:?}. Bring it up to date \
                 with `REWRITE_DOCUMENTS=1 cargo test -p guide every_block`"
            );
        }
    }
}

#[test]
fn a_block_that_was_changed_by_hand_is_found_out() {
    let document = "\n**`.env`**\n\n```ini\nREQIO_SECRET=hand-made\n```\nend\n";
    let pieces = [(".env", "../reqio.env", Some("env"))];
    let mended = up_to_date(document, RUST, &pieces);
    assert!(
        mended.contains("REQIO_AUDIENCE=")
            && !mended.contains("hand-made")
            && mended.ends_with("```\nend\n")
    );
    assert_eq!(up_to_date(&mended, RUST, &pieces), mended);
}
