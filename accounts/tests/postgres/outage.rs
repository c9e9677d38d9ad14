//! A database that goes away: said at once, waited for by nobody, and well again by itself.

use std::{
    process::Command,
    time::{Duration, Instant, SystemTime},
};

use accounts::{Accounts, DemoCustomers::Refused, Error};
use sqlx::{Connection as _, PgConnection};
use test_database::{Postgres, TestDatabase};
use tokio::task::JoinSet;

use crate::support::{ADA, PASSWORD, PATIENCE, server, settings, sign_in, sign_up, until};

/// What "at once" means on a machine that has other things to do.
const AT_ONCE: Duration = Duration::from_secs(2);

/// The processes of all connections to a database but that of whoever asks.
const THEIRS: &str = "SELECT string_agg(CAST(pid AS TEXT), ' ' ORDER BY pid) FROM pg_stat_activity
                      WHERE datname = current_database() AND pid <> pg_backend_pid()";

async fn is_well(accounts: &Accounts) -> bool {
    accounts.check(SystemTime::now()).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_is_gone_a_thousand_who_ask_are_told_at_once() {
    let mut postgres = Postgres::start().unwrap();
    let url = postgres.create_database().unwrap();
    let accounts = server(&url).await;
    let session = sign_up(&accounts, ADA).await.unwrap().session;
    for end in [Postgres::stop, Postgres::crash] {
        end(&mut postgres).unwrap();
        let began = Instant::now();
        let mut asking = JoinSet::new();
        for _ in 0..1_000 {
            let (accounts, session) = (accounts.clone(), session.clone());
            asking.spawn(async move { accounts.resume(&session, SystemTime::now()).await });
        }
        for asked in asking.join_all().await {
            assert!(matches!(asked, Err(Error::Database(_))), "{asked:?}");
        }
        assert!(began.elapsed() < AT_ONCE, "after {:?}", began.elapsed());
        assert!(!is_well(&accounts).await, "it must not say that it is well");

        postgres.resume().unwrap();
        until("that it is well again", async || is_well(&accounts).await).await;
        let resumed = accounts.resume(&session, SystemTime::now()).await;
        assert!(resumed.unwrap().is_some(), "what was acknowledged is there");
        sign_in(&accounts, PASSWORD).await.unwrap();
    }
}

#[tokio::test]
async fn a_connection_that_was_cut_while_nobody_used_it_is_replaced_before_somebody_does() {
    let place = TestDatabase::in_postgres();
    let accounts = server(&place.url).await;
    sign_up(&accounts, ADA).await.unwrap();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert!(place.run(cut).await > 0);
    // One that was used within the last second is not asked whether it lives.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    accounts.check(SystemTime::now()).await.unwrap();
    sign_in(&accounts, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn whoever_finds_all_connections_taken_is_told_soon_and_the_next_one_served() {
    let place = TestDatabase::in_postgres();
    let mut few = settings(&place.url);
    few.connections = 2.try_into().unwrap();
    let accounts = Accounts::open(&few, Refused).await.unwrap();
    let session = sign_up(&accounts, ADA).await.unwrap().session;
    let mut elsewhere = PgConnection::connect(&place.url).await.unwrap();
    let mut lock = elsewhere.begin().await.unwrap();
    let statement = "LOCK TABLE health IN ACCESS EXCLUSIVE MODE";
    sqlx::raw_sql(statement).execute(&mut *lock).await.unwrap();

    let ask = || {
        let accounts = accounts.clone();
        tokio::spawn(async move { accounts.check(SystemTime::now()).await })
    };
    let (one, other) = (ask(), ask());
    let waiting = "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("that both wait", async || place.ask(waiting).await == "2").await;
    let began = Instant::now();
    let refused = [
        ask().await.unwrap(),
        accounts.resume(&session, SystemTime::now()).await.map(drop),
    ];
    for refused in refused {
        assert!(
            matches!(
                &refused,
                Err(Error::Database(error)) if matches!(**error, sqlx::Error::PoolTimedOut)
            ),
            "{refused:?}"
        );
    }
    assert!(began.elapsed() < 2 * AT_ONCE, "after {:?}", began.elapsed());
    lock.rollback().await.unwrap();
    for held_up in [one, other, ask()] {
        held_up.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn whoever_hangs_up_leaves_no_transaction_open_and_no_connection_lost() {
    let place = TestDatabase::in_postgres();
    let mut few = settings(&place.url);
    few.connections = 1.try_into().unwrap();
    // Longer than the test waits: nothing is to be undone by that.
    few.time_limit = 10 * PATIENCE;
    let accounts = Accounts::open(&few, Refused).await.unwrap();
    sign_up(&accounts, ADA).await.unwrap();
    let mut elsewhere = PgConnection::connect(&place.url).await.unwrap();
    let before = place.ask(THEIRS).await;
    for _ in 0..20 {
        let mut lock = elsewhere.begin().await.unwrap();
        let statement = "LOCK TABLE health IN ACCESS EXCLUSIVE MODE";
        sqlx::raw_sql(statement).execute(&mut *lock).await.unwrap();
        let hung_up = tokio::spawn({
            let accounts = accounts.clone();
            async move { is_well(&accounts).await }
        });
        let waiting = "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        until("that it waits", async || place.ask(waiting).await == "1").await;
        hung_up.abort();
        lock.rollback().await.unwrap();
        let open = "SELECT CAST(count(xact_start) AS TEXT) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
        until("that it is undone", async || place.ask(open).await == "0").await;
        assert!(is_well(&accounts).await);
    }
    until("that the connections are the same", async || {
        place.ask(THEIRS).await == before
    })
    .await;
}

#[tokio::test]
async fn connections_that_hang_hold_up_nobody_who_can_have_another() {
    let place = TestDatabase::in_postgres();
    let mut patient = settings(&place.url);
    patient.time_limit = Duration::from_secs(600);
    let accounts = Accounts::open(&patient, Refused).await.unwrap();
    let session = sign_up(&accounts, ADA).await.unwrap().session;
    let theirs = place.ask(THEIRS).await;
    let _stopped = Stopped::stop(theirs);
    until("that somebody is served", async || {
        accounts.resume(&session, SystemTime::now()).await.is_ok()
    })
    .await;
}

/// Processes that answer nothing, and go on when this is dropped.
struct Stopped(Vec<String>);

impl Stopped {
    fn stop(processes: String) -> Self {
        let stopped = Self(processes.split(' ').map(str::to_owned).collect());
        assert!(stopped.signal("-STOP"), "{processes}");
        stopped
    }

    fn signal(&self, signal: &str) -> bool {
        let sent = Command::new("kill").arg(signal).args(&self.0).status();
        sent.is_ok_and(|status| status.success())
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        self.signal("-CONT");
    }
}
