//! A PostgreSQL that is stopped, started, killed and cut off, under load.

use std::time::Instant;

use test_database::Postgres;

use crate::support::{AT_ONCE, Cluster, Load, Person, is_not_now, until};

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_the_database_costs_errors_while_it_lasts_and_nothing_acknowledged() {
    let mut cluster = Cluster::start();
    let load = Load::start(&cluster.door).await;
    for end in [Postgres::stop, Postgres::crash] {
        end(&mut cluster.postgres).unwrap();
        load.suffers().await;
        is_said_at_once(&cluster).await;
        cluster.postgres.resume().unwrap();
        is_well_again(&cluster).await;
        load.goes_on().await;
    }
    // As a failover does: every connection is cut, and the next server is there at once.
    let cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
               WHERE datname = 'identity' AND pid <> pg_backend_pid()";
    for _ in 0..10 {
        cluster.postgres.administer("postgres", cut).unwrap();
        load.goes_on().await;
    }
    let outcome = load.stop().await;
    println!(
        "{} done, {} refused, {} cut off, the slowest refusal after {:?}",
        outcome.done, outcome.refused, outcome.cut, outcome.slowest_refusal
    );
    assert_eq!(outcome.cut, 0, "whoever asked was answered");
    outcome.lost_nothing(cluster.origins()).await;
}

/// A hundred who ask at once, of both servers.
async fn is_said_at_once(cluster: &Cluster) {
    for server in cluster.servers() {
        let origin = server.origin.as_str();
        let mut ada = Person::new("ada@example.com", 1);
        ada.cookie = Some(format!("__Host-session={}", "0123456789abcdef".repeat(4)));
        let began = Instant::now();
        let asking = (0..100).map(|_| {
            let (mut ada, origin) = (ada.clone(), origin.to_owned());
            tokio::spawn(async move { ada.mint(&origin).await })
        });
        for asked in asking.collect::<Vec<_>>() {
            is_not_now(&asked.await.unwrap());
        }
        assert!(began.elapsed() < AT_ONCE, "after {:?}", began.elapsed());
        assert_eq!(ada.get(origin, "/healthz").await, 200, "it lives");
        until("that it is out of rotation", async || {
            ada.get(origin, "/readyz").await == 503
        })
        .await;
    }
}

async fn is_well_again(cluster: &Cluster) {
    let somebody = Person::new("nobody@example.com", 1);
    for server in cluster.servers() {
        until("that it is ready", async || {
            somebody.get(&server.origin, "/readyz").await == 200
        })
        .await;
    }
}
