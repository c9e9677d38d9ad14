//! The sandbox judges what the rest of this workspace mints, so it shares no code with it.

use std::path::Path;
use std::process::Command;

#[test]
fn the_sandbox_is_compiled_from_no_other_crate_of_this_workspace() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args([
        "tree",
        "--locked",
        "--package",
        "sandbox",
        "--target",
        "all",
        "--edges",
        "normal,build",
    ]);
    let output = cargo
        .args(["--prefix", "none"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let crates = String::from_utf8(output.stdout).unwrap();
    // A crate of this workspace is listed with its folder.
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .display()
        .to_string();
    let ours: Vec<&str> = crates
        .lines()
        .filter(|line| line.contains(&workspace))
        .collect();
    assert_eq!(ours.len(), 1, "{ours:?}");
    assert!(ours[0].starts_with("sandbox v"), "{ours:?}");
    assert!(
        !crates
            .lines()
            .any(|line| line.starts_with("jsonwebtoken v")),
        "a JWT library is in the sandbox"
    );
    // It builds without a C compiler: nothing is in it that calls one.
    let calls_one = |line: &&str| line.starts_with("cc v") || line.starts_with("libsqlite3-sys v");
    assert_eq!(crates.lines().find(calls_one), None);
}
