//! docs/deploy.md says of every block whether a test runs it, and is right.

use std::{fs, path::Path};

use crate::support::{steps, text};

#[test]
fn every_step_is_run_by_a_test_or_said_not_to_be() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cluster");
    let mut tests = String::new();
    for folder in [folder.clone(), folder.join("support")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                tests += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let steps = steps(&text());
    assert!(steps.len() > 10, "{steps:?}");
    for step in steps {
        let named = format!("\"{step}\"");
        assert!(tests.contains(&named), "no test runs {step}");
    }
}
