//! What the server takes of the machine, and gives back.
#![cfg(all(target_os = "linux", target_env = "gnu"))]

use std::time::Instant;

use serde_json::json;
use tokio::task::JoinSet;

use crate::support::{PATIENCE, Process, Visitor};

/// What hashing a single password takes, in kB.
const ONE_HASH: u64 = 19 * 1024;

#[tokio::test]
async fn what_hashing_passwords_took_is_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::spawn(folder.path(), &[("SIGN_IN_LIMIT", "1000")], &[]);
    let origin = process.origin();
    Visitor::new(&origin).until_ready().await;
    let at_rest = process.resident_memory();

    let mut sign_ins = JoinSet::new();
    for _ in 0..16 {
        let visitor = Visitor::new(&origin);
        let body = json!({ "email": "pro@acme.test", "password": "reqio-demo" });
        sign_ins.spawn(async move { visitor.call("sign_in", body).await.status });
    }
    assert_eq!(sign_ins.join_all().await, [200; 16]);

    let asked = Instant::now();
    while process.resident_memory() >= at_rest + ONE_HASH {
        let resident = process.resident_memory();
        assert!(
            asked.elapsed() < PATIENCE,
            "{at_rest} kB became {resident} kB"
        );
        tokio::task::yield_now().await;
    }
}
