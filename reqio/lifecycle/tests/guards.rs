//! Every test that GUARDS.md names is there.

use std::{fs, io, path::Path};

fn sources(folder: &Path, found: &mut String) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sources(&path, found)?;
        } else {
            found.push_str(&fs::read_to_string(path)?);
        }
    }
    Ok(())
}

#[test]
fn every_guard_names_a_test_that_exists() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = String::new();
    sources(&root.join("src"), &mut tests)?;
    sources(&root.join("tests"), &mut tests)?;
    let guards = fs::read_to_string(root.join("GUARDS.md"))?;
    let mut named = 0;
    for row in guards.lines().filter(|line| line.ends_with("` |")) {
        let test = row.rsplit('`').nth(1).unwrap_or_default();
        assert!(tests.contains(&format!("fn {test}(")), "no test {test}");
        named += 1;
    }
    assert!(named > 100, "only {named} guards");
    Ok(())
}
