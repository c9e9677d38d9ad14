//! The units, as far as systemd can judge them without running them.

use std::{fs, process::Command};

use crate::support::Guide;

/// What it may be exposed to at most, from 0 to 100: systemd calls up to 20 "OK" to "SAFE".
const EXPOSURE: &str = "--threshold=15";

#[track_caller]
fn analyze(arguments: &[&str]) -> String {
    let mut analyze = Command::new("systemd-analyze");
    let output = analyze.args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

#[test]
fn systemd_finds_nothing_wrong_with_the_units_and_little_that_the_server_may_do() {
    let folder = tempfile::tempdir().unwrap();
    let guide = Guide::new(folder.path(), Vec::new());
    let units = [
        "/etc/systemd/system/identity@.service",
        "/etc/systemd/system/identity-rotation.service",
    ];
    for program in ["/opt/identity/server", "/usr/local/sbin/identity-rotation"] {
        let program = guide.path(program);
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        fs::copy("/bin/true", program).unwrap();
    }
    for unit in units {
        guide.write(unit, |text| text);
        let path = guide.path(unit);
        let said = analyze(&[
            "verify",
            "--man=no",
            "--recursive-errors=one",
            path.to_str().unwrap(),
        ]);
        assert_eq!(said, "", "{unit}");
    }
    let server = guide.path(units[0]);
    let said = analyze(&[
        "security",
        "--offline=yes",
        EXPOSURE,
        server.to_str().unwrap(),
    ]);
    println!("{}", said.lines().last().unwrap_or_default());
}
