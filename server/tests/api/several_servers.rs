//! Several servers on one database, as visitors meet them.

use std::time::Instant;

use serde_json::json;
use test_database::TestDatabase;

use crate::support::{App, PASSWORD, Visitor, claims};

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
async fn whatever_is_done_at_either_server_has_happened_at_the_other() {
    const STEPS: u32 = 5;
    let database = TestDatabase::new();
    let servers = [App::on(&database, &[]).await, App::on(&database, &[]).await];
    let origins = servers.each_ref().map(|server| server.origin.as_str());
    servers[0].visitor().sign_up("ada@example.com").await.ok();
    // Every way to give five steps to two servers.
    for way in 0..2_usize.pow(STEPS) {
        let [signs_in, mints, changes, mints_again, signs_out] =
            [0, 1, 2, 3, 4].map(|step| origins[(way >> step) & 1]);
        let credentials = json!({ "email": "ada@example.com", "password": PASSWORD });
        let signed_in = Visitor::new(signs_in).call("sign_in", credentials).await;
        let cookie = signed_in.cookie();
        let ada_at = |origin: &str| Visitor::with_cookie(origin, &cookie);
        ada_at(mints).token().await;

        let (plan, amount) = [("pro", 2_900), ("scale", 9_900)][way % 2];
        let change = json!({ "plan": plan, "interval": "month" });
        ada_at(changes).call("change_plan", change).await.ok();
        let traits = claims(&ada_at(mints_again).token().await)["traits"].clone();
        assert_eq!(
            (&traits["plan"], &traits["amount"]),
            (&json!(plan), &json!(amount))
        );

        ada_at(signs_out).call("sign_out", json!({})).await.ok();
        for origin in origins {
            let refused = ada_at(origin).call("identity_token", json!({})).await;
            assert_eq!(refused.error(), (401, "unauthorized".into()), "way {way}");
        }
    }
}
