//! A database that does not answer: 503, nothing half-done, and everything back once it does.

use serde_json::json;
use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};

use crate::support::App;

#[tokio::test]
async fn a_locked_database_is_said_to_be_unavailable_until_it_is_free_again() {
    let app = App::in_a_file().await;
    let (pro, ada) = (app.visitor(), app.visitor());
    let user = pro.sign_in("pro@acme.test").await;
    let mut other = SqliteConnectOptions::new()
        .filename(app.database().file())
        .connect()
        .await
        .unwrap();
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();

    let (health, change, sign_up, sign_out) = tokio::join!(
        pro.get("/readyz"),
        pro.call(
            "change_plan",
            json!({ "plan": "scale", "interval": "year" })
        ),
        ada.sign_up("ada@example.com"),
        pro.call("sign_out", json!({})),
    );
    assert_eq!(
        (health.status, health.text().as_str()),
        (503, "the database cannot be written to")
    );
    for answer in [change, sign_up, sign_out] {
        assert_eq!(answer.error(), (503, "unavailable".into()));
        assert_eq!(answer.header("retry-after"), Some("5"));
        assert_eq!(answer.header("set-cookie"), None);
        assert!(
            !answer.text().contains("lock") && !answer.text().contains("SQL"),
            "{}",
            answer.text()
        );
    }
    assert_eq!(
        pro.user().await,
        user,
        "reading goes on, and the session that could not be ended is still open"
    );

    lock.rollback().await.unwrap();
    pro.until_ready().await;
    assert_eq!(ada.sign_up("ada@example.com").await.status, 200);
    assert_eq!(pro.call("sign_out", json!({})).await.status, 200);
    assert!(pro.user().await.is_null());
}
