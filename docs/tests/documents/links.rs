//! Links between the documents lead somewhere.

use std::fs;

use super::{between, documents};

/// Links and pictures within the repository.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let links = between(text, "](", ")")
        .into_iter()
        .chain(between(text, "<img src=\"", "\""));
    links.filter(|target| !target.contains("://"))
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut links = 0;
    for (document, text) in documents() {
        for target in targets(&text) {
            let (path, heading) = target.split_once('#').unwrap_or((target, ""));
            let linked = if path.is_empty() {
                document.clone()
            } else {
                document.parent().unwrap().join(path)
            };
            assert!(
                linked.exists(),
                "{}: {target} leads nowhere",
                document.display()
            );
            if !heading.is_empty() {
                // As GitHub makes it: lower case, no punctuation, a hyphen for each space.
                let slug = |line: &str| {
                    let line = line
                        .trim_start_matches('#')
                        .trim()
                        .to_lowercase()
                        .replace(' ', "-");
                    line.replace(
                        |letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_',
                        "",
                    )
                };
                let headings = fs::read_to_string(&linked).unwrap();
                assert!(
                    headings
                        .lines()
                        .any(|line| line.starts_with('#') && slug(line) == heading),
                    "{target}: no such heading"
                );
            }
            links += 1;
        }
    }
    assert!(links >= 20, "only {links} links were found");
}
