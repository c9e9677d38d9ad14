//! Backups made while people use the app, and the way back to them.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use serde_json::json;
use test_database::Postgres;

use crate::{
    guide::Guide,
    support::{
        Answer, PASSWORD, Process, Visitor,
        load::{Load, session_of},
    },
};

async fn sign_in(origin: &str, email: &str) -> Answer {
    let body = json!({ "email": email, "password": PASSWORD });
    Visitor::new(origin).call("sign_in", body).await
}

/// Makes the backup, changes what is in it, goes back to it, and looks at what is there.
async fn assert_leads_back(guide: &Guide, [back_up, restore]: [&str; 2], more: &[(&str, &str)]) {
    let more = [more, &[("SIGN_IN_LIMIT", "1000000")]].concat();
    let start = || guide.server(&guide.addrs[0], Path::new("/"), &more);
    let server = start();
    let origin = format!("http://{}", guide.addrs[0]);
    let open = session_of(&Visitor::new(&origin).sign_up("ada@example.com").await);
    let ended = session_of(&sign_in(&origin, "ada@example.com").await);
    let change = json!({ "plan": "scale", "interval": "year" });
    Visitor::with_cookie(&origin, &open)
        .call("change_plan", change)
        .await
        .ok();

    let load = Load::start(&[&origin], "load");
    load.goes_on(20).await;
    guide.run(back_up);
    load.goes_on(20).await;
    let outcome = load.stop().await;
    assert_eq!((outcome.refused, outcome.cut_off), (0, 0));
    for file in fs::read_dir(guide.path("/var/backups/identity")).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(
            mode & 0o777,
            0o600,
            "{:?} is readable by others",
            file.path()
        );
    }

    let ada = Visitor::with_cookie(&origin, &ended);
    ada.call("sign_out", json!({})).await.ok();
    Visitor::new(&origin).sign_up("late@example.com").await.ok();
    stop(server);
    guide.run(restore);
    let server = start();
    for cookie in [open, ended] {
        let user = Visitor::with_cookie(&origin, &cookie).user().await;
        assert!(user.is_null(), "a session is open again: {user}");
    }
    let user = sign_in(&origin, "ada@example.com").await.ok();
    assert_eq!(
        (&user["plan"], &user["amount"]),
        (&json!("scale"), &json!(99_000))
    );
    assert_eq!(sign_in(&origin, "late@example.com").await.status, 401);
    Visitor::new(&origin).sign_up("late@example.com").await.ok();
    stop(server);
}

fn stop(server: Process) {
    server.terminate();
    assert_eq!(server.ended().code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgresql_leads_back_to_what_was_and_opens_no_session() {
    let postgres = Postgres::start().unwrap();
    let guide = Guide::start(Some(&postgres));
    let blocks = ["# Back up PostgreSQL", "# Restore PostgreSQL"];
    assert_leads_back(&guide, blocks, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_sqlite_leads_back_to_what_was_and_opens_no_session() {
    let guide = Guide::start(None);
    let blocks = ["# Back up SQLite", "# Restore SQLite"];
    let file = guide.path("/var/lib/identity/demo.db");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let url = format!("sqlite://{}", file.display());
    assert_leads_back(&guide, blocks, &[("DATABASE_URL", &url)]).await;
}
