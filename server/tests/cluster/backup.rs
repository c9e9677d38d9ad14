//! Backups that are made while everything runs, and the way back to them.

use serde_json::json;

use crate::support::{Cluster, Load, PASSWORD, Person};

/// Ada on a plan, with two sessions.
async fn ada(origin: &str) -> (Person, Person) {
    let mut here = Person::new("ada@example.com", 1);
    here.sign_up(origin).await.ok();
    let mut elsewhere = Person::new("ada@example.com", 2);
    elsewhere.sign_in(origin, PASSWORD).await.ok();
    let change = json!({ "plan": "scale", "interval": "year" });
    here.call(origin, "change_plan", change).await.ok();
    (here, elsewhere)
}

/// Signs out one session, and somebody up who is not in the backup.
async fn after_the_backup(origin: &str, here: &mut Person) -> Person {
    let session = here.cookie.clone();
    here.call(origin, "sign_out", json!({})).await.ok();
    here.cookie = session;
    let mut late = Person::new("late@example.com", 3);
    late.sign_up(origin).await.ok();
    late
}

/// Ada is there with her plan and her password and without a session, and who came late is not.
async fn is_as_of_the_backup(origin: &str, sessions: [&mut Person; 2], mut late: Person) {
    for session in sessions {
        assert_eq!(
            session.mint(origin).await.status,
            401,
            "a session is open again"
        );
        let user = session.sign_in(origin, PASSWORD).await.ok();
        assert_eq!(
            (&user["plan"], &user["amount"]),
            (&json!("scale"), &json!(99_000))
        );
    }
    assert_eq!(late.sign_in(origin, PASSWORD).await.status, 401);
    late.sign_up(origin).await.ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgresql_leads_back_to_what_was_and_opens_no_ended_session() {
    let mut cluster = Cluster::start();
    let origin = cluster.a.origin.clone();
    let (mut here, mut elsewhere) = ada(&origin).await;
    let load = Load::start(&cluster.door).await;
    std::fs::create_dir_all(cluster.guide.path("/var/backups")).unwrap();
    cluster.guide.run("# Back up PostgreSQL");
    let late = after_the_backup(&origin, &mut here).await;
    let outcome = load.stop().await;
    outcome.is_undisturbed();
    cluster.a.stop();
    cluster.b.stop();
    cluster.guide.run("# Restore PostgreSQL");
    cluster.a.start();
    cluster.b.start();
    let origin = cluster.b.origin.clone();
    is_as_of_the_backup(&origin, [&mut here, &mut elsewhere], late).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_sqlite_leads_back_to_what_was_and_opens_no_ended_session() {
    let mut cluster = Cluster::start();
    let database = cluster.guide.path("/var/lib/identity/demo.db");
    for file in [&database, &cluster.guide.path("/var/backups/identity.db")] {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    }
    cluster.b.stop();
    cluster
        .b
        .set("DATABASE_URL", &format!("sqlite://{}", database.display()));
    cluster.b.start();
    let origin = cluster.b.origin.clone();
    let (mut here, mut elsewhere) = ada(&origin).await;
    let load = Load::start(&origin).await;
    cluster.guide.run("# Back up SQLite");
    let late = after_the_backup(&origin, &mut here).await;
    let outcome = load.stop().await;
    outcome.is_undisturbed();
    cluster.b.kill();
    cluster.guide.run("# Restore SQLite");
    cluster.b.start();
    is_as_of_the_backup(&origin, [&mut here, &mut elsewhere], late).await;
}
