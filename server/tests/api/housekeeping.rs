//! What the running server does about sessions that have outlived a limit, without being asked.

use test_database::TestDatabase;

use crate::support::{App, PATIENCE, Visitor};

#[tokio::test]
async fn a_session_that_nobody_used_for_a_day_or_that_is_a_week_old_opens_nothing() {
    let app = App::start().await;
    for ended in [
        "UPDATE sessions SET last_seen_at = last_seen_at - 24 * 60 * 60",
        "UPDATE sessions SET created_at = created_at - 7 * 24 * 60 * 60",
    ] {
        let ada = app.visitor();
        ada.sign_in("pro@acme.test").await;
        assert!(!ada.user().await.is_null());
        app.database().run(ended).await;
        assert!(ada.user().await.is_null(), "{ended}");
        assert_eq!(ada.get("/server-rendered").await.status, 401, "{ended}");
    }
}

#[tokio::test]
async fn the_running_server_deletes_sessions_that_have_ended_and_no_others() {
    let database = TestDatabase::new();
    let app = App::on(&database, &[]).await;
    app.visitor().sign_in("free@acme.test").await;
    app.visitor().sign_in("pro@acme.test").await;
    let live = app.visitor().sign_up("ada@example.com").await.cookie();
    app.stop().await;
    let old = "UPDATE sessions SET created_at = 0 WHERE user_id IN
         (SELECT id FROM users WHERE email IN ('free@acme.test', 'pro@acme.test'))";
    assert_eq!(database.run(old).await, 2);

    let app = App::on(&database, &[]).await;
    let purged = async {
        loop {
            let count = "SELECT CAST(count(*) AS TEXT) FROM sessions";
            if database.ask(count).await == "1" {
                break;
            }
        }
    };
    let waited = tokio::time::timeout(PATIENCE, purged).await;
    waited.expect("what has ended to go");
    let ada = Visitor::with_cookie(&app.origin, &live);
    assert_eq!(ada.user().await["email"], "ada@example.com");
}
