//! The packages point at each other as the document says.

use std::collections::BTreeSet;
use std::fs;

use super::{between, root};

/// The folder of every package of this workspace.
fn rooms() -> Vec<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let members = manifest
        .split("members = [")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .unwrap();
    let rooms: Vec<String> = between(members, "\"", "\"")
        .into_iter()
        .map(str::to_owned)
        .collect();
    assert!(rooms.iter().any(|room| room == "xtask"), "{rooms:?}");
    rooms
}

/// The packages of this workspace that a package is built from, by their folders.
fn manifest_of(room: &str, rooms: &[String]) -> BTreeSet<String> {
    let manifest = fs::read_to_string(root().join(room).join("Cargo.toml")).unwrap();
    // Those of one target or another, too.
    let dependencies = manifest.split("\n[").filter_map(|section| {
        let (heading, lines) = section.split_once("]\n")?;
        let is_used = heading == "dependencies" || heading.ends_with(".dependencies");
        is_used.then_some(lines)
    });
    let names = dependencies
        .flat_map(str::lines)
        .filter_map(|line| line.split_once(" = ").map(|(name, _)| name));
    let folder = |name: &str| match name.strip_prefix("reqio-") {
        Some(name) => format!("reqio/{name}"),
        None => name.to_owned(),
    };
    names
        .map(folder)
        .filter(|folder| rooms.contains(folder))
        .collect()
}

#[test]
fn every_room_points_only_where_the_document_says() {
    let document = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let rooms = rooms();
    for room in &rooms {
        let row = document
            .lines()
            .find_map(|line| line.strip_prefix(&format!("| `{room}` |")));
        let row = row.unwrap_or_else(|| panic!("docs/architecture.md has no row for {room}"));
        let said = between(row.split('|').next().unwrap(), "`", "`")
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(manifest_of(room, &rooms), said, "{room}");
    }
}
