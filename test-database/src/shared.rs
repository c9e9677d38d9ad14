//! The server that all tests of a process share.

use std::sync::LazyLock;

use crate::{Postgres, programs::Programs};

/// Where one database is, on the server that all tests of a process share.
///
/// # Panics
/// With the reason why there is none: without it the test has nothing to show.
#[must_use]
pub(super) fn fresh_database() -> String {
    static SHARED: LazyLock<Postgres> = LazyLock::new(|| match Postgres::start() {
        Ok(postgres) => postgres,
        Err(reason) => panic!("{reason}"),
    });
    match SHARED.create_database() {
        Ok(url) => url,
        Err(reason) => panic!("{reason}"),
    }
}

/// All that is in the database at `url`, as text.
///
/// # Panics
/// With the reason why it cannot be had.
#[must_use]
pub(super) fn dump(url: &str) -> String {
    let dumped = Programs::find().and_then(|programs| programs.run("pg_dump", &[url]));
    let dumped = dumped.unwrap_or_else(|reason| panic!("{reason}"));
    // Newer versions open and close with a word made up on the spot.
    let is_data =
        |line: &&str| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict");
    dumped
        .lines()
        .filter(is_data)
        .collect::<Vec<_>>()
        .join("\n")
}
