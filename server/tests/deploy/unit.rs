//! The unit, as far as systemd can judge it without running it, and the memory of its server.

use std::{fs, path::Path};

use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    guide::Guide,
    support::{Visitor, load::until},
};

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

#[tokio::test]
async fn what_hashing_passwords_took_is_given_back() {
    /// What hashing one password takes, in kB.
    const ONE_HASH: u64 = 19 * 1024;
    let guide = Guide::start(None);
    let url = format!("sqlite://{}", guide.path("/demo.db").display());
    let variables = [("DATABASE_URL", &*url), ("SIGN_IN_LIMIT", "1000")];
    let server = guide.server(&guide.addrs[0], Path::new("/"), &variables);
    let origin = format!("http://{}", guide.addrs[0]);
    Visitor::new(&origin).until_ready().await;
    let at_rest = server.resident_memory();
    let mut sign_ins = JoinSet::new();
    for _ in 0..16 {
        let visitor = Visitor::new(&origin);
        let body = json!({ "email": "pro@acme.test", "password": "reqio-demo" });
        sign_ins.spawn(async move { visitor.call("sign_in", body).await.status });
    }
    assert_eq!(sign_ins.join_all().await, [200; 16]);
    until("that it is given back", async || {
        server.resident_memory() < at_rest + ONE_HASH
    })
    .await;
}
