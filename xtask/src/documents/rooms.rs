//! The packages point at each other as the document says.

use std::collections::BTreeSet;
use std::fs;

use super::{between, root};
use crate::matrix::UNITS;

/// The packages of this workspace that a package is built from.
fn manifest_of(room: &str) -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join(room).join("Cargo.toml")).unwrap();
    let dependencies = manifest
        .split("\n[")
        .find_map(|section| section.strip_prefix("dependencies]\n"));
    let names = dependencies
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name.to_owned()));
    names
        .filter(|name| UNITS.iter().any(|unit| unit.package == name))
        .collect()
}

#[test]
fn every_room_points_only_where_the_document_says() {
    let document = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    for room in UNITS.iter().map(|unit| unit.package) {
        let row = document
            .lines()
            .find_map(|line| line.strip_prefix(&format!("| `{room}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/architecture.md has no row for {room}"));
        let said = between(row.split('|').next().unwrap(), "`", "`")
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(manifest_of(room), said, "{room}");
    }
}
