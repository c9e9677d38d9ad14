//! One visit, spread over two servers: what happens at one is true at the other at once.

use serde_json::json;

use crate::support::{Cluster, Load, Person, claims};

const STEPS: u32 = 5;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_at_either_server_has_happened_at_the_other() {
    let cluster = Cluster::start();
    let load = Load::start(&cluster.door).await;
    let origins = cluster.origins();
    let mut ada = Person::new("ada@example.com", 1);
    ada.sign_up(origins[0]).await.ok();
    // Every way of giving five steps to two servers.
    for way in 0..2_usize.pow(STEPS) {
        let [signs_in, mints, changes, mints_again, signs_out] =
            [0, 1, 2, 3, 4].map(|step| origins[(way >> step) & 1]);
        ada.cookie = None;
        ada.sign_in(signs_in, crate::support::PASSWORD).await.ok();
        assert_eq!(ada.mint(mints).await.status, 200, "way {way}");

        let (plan, amount) = if way % 2 == 0 {
            ("pro", 2_900)
        } else {
            ("scale", 9_900)
        };
        let change = json!({ "plan": plan, "interval": "month" });
        ada.call(changes, "change_plan", change).await.ok();
        let token = ada.mint(mints_again).await.ok()["token"].clone();
        let traits = claims(token.as_str().unwrap())["traits"].clone();
        assert_eq!(
            (&traits["plan"], &traits["amount"]),
            (&json!(plan), &json!(amount))
        );

        let session = ada.cookie.clone();
        ada.call(signs_out, "sign_out", json!({})).await.ok();
        ada.cookie = session;
        for origin in origins {
            assert_eq!(
                ada.mint(origin).await.error(),
                (401, "unauthorized".into()),
                "way {way}"
            );
        }
    }
    let outcome = load.stop().await;
    outcome.is_undisturbed();
    outcome.lost_nothing(origins).await;
}
