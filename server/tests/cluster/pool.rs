//! A server whose connections to the database are all taken.

use std::time::Instant;

use sqlx::{Connection as _, PgConnection};

use crate::support::{AT_ONCE, Cluster, Person, is_not_now, until};

#[tokio::test(flavor = "multi_thread")]
async fn whoever_finds_all_connections_taken_is_told_when_to_come_back() {
    let mut cluster = Cluster::start();
    // The other server's housekeeping would wait for the same lock.
    cluster.a.stop();
    cluster.b.stop();
    cluster.b.set("DATABASE_CONNECTIONS", "2");
    // Longer than the test waits: nothing is to end by that.
    cluster.b.set("DATABASE_TIME_LIMIT", "600");
    cluster.b.start();
    let origin = cluster.b.origin.clone();
    let mut ada = Person::new("ada@example.com", 1);
    ada.sign_up(&origin).await.ok();

    let url = format!(
        "postgres://postgres@127.0.0.1:{}/identity",
        cluster.postgres.port()
    );
    let mut elsewhere = PgConnection::connect(&url).await.unwrap();
    let mut lock = elsewhere.begin().await.unwrap();
    let statement = "LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE";
    sqlx::raw_sql(statement).execute(&mut *lock).await.unwrap();
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
    let are_waiting =
        async |count| cluster.postgres.administer("identity", waiting).unwrap() == count;
    let ask = || {
        let (mut ada, origin) = (ada.clone(), origin.clone());
        tokio::spawn(async move { ada.mint(&origin).await })
    };
    // One after the other: questions that come together share a statement.
    let first = ask();
    until("that one connection is taken", async || {
        are_waiting("1").await
    })
    .await;
    let second = ask();
    until("that both are taken", async || are_waiting("2").await).await;
    let began = Instant::now();
    is_not_now(&ask().await.unwrap());
    assert!(began.elapsed() < AT_ONCE, "after {:?}", began.elapsed());
    // Those who have the connections are told no later, though their statements still wait.
    for waited in [first, second] {
        is_not_now(&waited.await.unwrap());
    }
    assert!(
        are_waiting("2").await,
        "a connection came back before it was free"
    );
    assert_eq!(ada.get(&origin, "/healthz").await, 200);
    lock.rollback().await.unwrap();
    assert_eq!(ada.mint(&origin).await.status, 200);
}
