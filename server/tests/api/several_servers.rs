//! Several servers on one database, as visitors meet them.

use std::time::Instant;

use serde_json::json;
use test_database::TestDatabase;

use crate::support::{App, Visitor};

async fn server(database: &TestDatabase) -> App {
    App::on(database, &[("SIGN_IN_LIMIT", "10")]).await
}

/// Of twenty guesses, each on the next of `servers`, how many were tries.
async fn tries(servers: &[App]) -> u64 {
    let mut tries = 0;
    for app in servers.iter().cycle().take(20) {
        let guess = json!({ "email": "pro@acme.test", "password": "guess" });
        let status = app.visitor().call("sign_in", guess).await.status;
        assert!([401, 429].contains(&status), "{status}");
        tries += u64::from(status == 401);
    }
    tries
}

#[tokio::test]
async fn guesses_over_several_servers_and_restarts_are_as_few_tries_as_on_one() {
    let database = TestDatabase::new();
    let began = Instant::now();
    let servers = [server(&database).await, server(&database).await];
    let mut tried = tries(&servers).await;
    for server in servers {
        server.stop().await;
    }
    tried += tries(&[server(&database).await]).await;
    // One comes back every 6 seconds, however long this took.
    let most = 10 + began.elapsed().as_secs() / 6 + 1;
    assert!((10..=most).contains(&tried), "{tried} of at most {most}");
}

#[tokio::test]
async fn who_signs_out_on_one_server_is_signed_out_on_the_other() {
    let database = TestDatabase::new();
    let (one, other) = (server(&database).await, server(&database).await);
    let cookie = one.visitor().sign_up("ada@example.com").await.cookie();
    let here = Visitor::with_cookie(&one.origin, &cookie);
    let there = Visitor::with_cookie(&other.origin, &cookie);
    assert_eq!(there.user().await["email"], "ada@example.com");
    here.call("sign_out", json!({})).await.ok();
    assert!(there.user().await.is_null());
}
