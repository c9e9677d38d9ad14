//! The unit, as far as systemd can judge it without running it.

use std::fs;

use crate::guide::Guide;

/// How exposed it may be, from 0 to 100. Up to 20 is the best of systemd's ratings.
const EXPOSURE: &str = "--threshold=15";

#[test]
fn systemd_finds_nothing_wrong_with_the_unit_and_little_that_the_server_may_do() {
    let guide = Guide::start(None);
    let unit = "/etc/systemd/system/identity@.service";
    guide.write(unit);
    let unit = guide.path(unit);
    let analyze = |arguments: &[&str]| {
        let mut analyze = guide.command("systemd-analyze");
        let output = analyze.args(arguments).arg(&unit).output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(output.status.success(), "{said}");
        said
    };
    assert_eq!(
        analyze(&["verify", "--man=no", "--recursive-errors=one"]),
        ""
    );
    analyze(&["security", "--offline=yes", EXPOSURE]);
    let unit = fs::read_to_string(unit).unwrap();
    for setting in ["LimitCORE=0", "UMask=0077"] {
        assert!(unit.lines().any(|line| line == setting), "{setting}");
    }
}
