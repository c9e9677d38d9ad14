//! The words that docs/troubleshooting.md quotes of the server and of the page.

use std::fs;

use super::{files, root};

/// The words on the screen, of the tables about the server and the page.
#[test]
fn what_the_server_and_the_page_are_said_to_say_they_say() {
    // However rustfmt breaks the lines.
    let sources: String = ["server/src", "accounts/src", "app/src/components"]
        .into_iter()
        .flat_map(|folder| files(&root().join(folder), ".rs"))
        .map(|file| fs::read_to_string(file).unwrap().replace("\\\n", ""))
        .flat_map(|source| {
            source
                .split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect::<Vec<_>>()
        .join(" ");
    let document = fs::read_to_string(root().join("docs/troubleshooting.md")).unwrap();
    let (_, section) = document.split_once("## The server does not start").unwrap();
    let (section, _) = section.split_once("## Trunk, server functions").unwrap();
    let mut quoted = 0;
    for row in section.lines().filter_map(|line| line.strip_prefix("| `")) {
        let (words, _) = row.split_once("` |").unwrap();
        assert!(sources.contains(words), "nobody says: {words}");
        quoted += 1;
    }
    assert!(quoted > 10, "only {quoted} were found");
}
