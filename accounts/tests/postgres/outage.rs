//! A database that goes away: everybody is told soon, and it is well again by itself.

use std::time::{Duration, Instant, SystemTime};

use accounts::{Accounts, Error, Mode, OpenError};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use test_database::{Postgres, TestDatabase};
use tokio::task::JoinSet;

use crate::support::{ADA, HOME, PASSWORD, client, is_live, open, sign_in, sign_up, until};

/// The pool's 2 seconds, on a machine that has other things to do.
const SOON: Duration = Duration::from_secs(5);

async fn server(url: &str) -> Accounts {
    let limit = 10.try_into().unwrap();
    Accounts::open(&url.parse().unwrap(), Mode::Real, limit)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_is_gone_a_thousand_who_ask_are_told_soon() {
    let mut postgres = Postgres::start().unwrap();
    let accounts = server(&postgres.create_database().unwrap()).await;
    let session = sign_up(&accounts, ADA).await.session;
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
        assert!(began.elapsed() < SOON, "after {:?}", began.elapsed());
        assert!(
            accounts.ready().await.is_err(),
            "it must not say that it is ready"
        );

        postgres.resume().unwrap();
        until("it is ready again", async || accounts.ready().await.is_ok()).await;
        until("every connection is well", async || {
            let mut asking = JoinSet::new();
            for _ in 0..20 {
                let (accounts, session) = (accounts.clone(), session.clone());
                asking.spawn(async move { accounts.resume(&session, SystemTime::now()).await });
            }
            asking
                .join_all()
                .await
                .into_iter()
                .all(|asked| matches!(asked, Ok(Some(_))))
        })
        .await;
        sign_in(&accounts, PASSWORD, &client(HOME), SystemTime::now())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_connection_that_was_cut_while_nobody_used_it_is_replaced_before_somebody_does() {
    let database = TestDatabase::in_postgres();
    let accounts = server(&database.url).await;
    sign_up(&accounts, ADA).await;
    // One that was used within the last ten seconds is not tested.
    tokio::time::sleep(Duration::from_secs(11)).await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    assert!(database.run(cut).await > 0);
    accounts.ready().await.unwrap();
    sign_in(&accounts, PASSWORD, &client(HOME), SystemTime::now())
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_lock_too_long_is_told_and_nothing_goes_on_in_the_database() {
    let database = TestDatabase::in_postgres();
    let accounts = open(&database, Mode::Real, 10).await;
    let session = sign_up(&accounts, ADA).await.session;
    let mut elsewhere = PgConnection::connect(&database.url).await.unwrap();
    let mut lock = elsewhere.begin().await.unwrap();
    let statement = "LOCK TABLE sessions IN EXCLUSIVE MODE";
    sqlx::raw_sql(statement).execute(&mut *lock).await.unwrap();
    let now = SystemTime::now();
    assert!(is_live(&accounts, &session, now).await, "reading goes on");
    let refused = accounts.sign_out(&session, None).await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
    let waiting = "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    assert_eq!(database.ask(waiting).await, "0");
    lock.rollback().await.unwrap();
    assert!(accounts.sign_out(&session, None).await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_hangs_up_leaves_no_transaction_open_and_no_connection_lost() {
    let database = TestDatabase::in_postgres();
    let accounts = open(&database, Mode::Real, 1_000).await;
    sign_up(&accounts, ADA).await;
    let mut elsewhere = PgConnection::connect(&database.url).await.unwrap();
    // More than there are connections.
    for _ in 0..20 {
        let mut lock = elsewhere.begin().await.unwrap();
        let statement = "LOCK TABLE rate_limits IN ACCESS EXCLUSIVE MODE";
        sqlx::raw_sql(statement).execute(&mut *lock).await.unwrap();
        let signing_in = tokio::spawn({
            let accounts = accounts.clone();
            async move { sign_in(&accounts, PASSWORD, &client(HOME), SystemTime::now()).await }
        });
        let waiting = "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity
                       WHERE datname = current_database() AND wait_event_type = 'Lock'";
        until("it waits", async || database.ask(waiting).await == "1").await;
        signing_in.abort();
        lock.rollback().await.unwrap();
        let open = "SELECT CAST(count(xact_start) AS TEXT) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
        until("it is undone", async || database.ask(open).await == "0").await;
    }
    sign_in(&accounts, PASSWORD, &client(HOME), SystemTime::now())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_server_that_accepts_and_never_answers_ends_a_start_and_a_check_soon() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = silent.local_addr().unwrap();
    let url = format!("postgres://ada@{addr}/app").parse().unwrap();
    let began = Instant::now();
    assert!(Accounts::check(&url).await.is_err());
    assert!(
        Accounts::open(&url, Mode::Real, 10.try_into().unwrap())
            .await
            .is_err()
    );
    assert!(began.elapsed() < 2 * SOON, "after {:?}", began.elapsed());
}

#[tokio::test]
async fn another_programs_tables_in_a_schema_of_their_own_are_left_alone() {
    let database = TestDatabase::in_postgres();
    database
        .run("CREATE SCHEMA theirs; CREATE TABLE theirs.users (id BIGINT)")
        .await;
    let url = database.url.parse().unwrap();
    let opened = Accounts::open(&url, Mode::Real, 10.try_into().unwrap());
    assert!(matches!(opened.await, Err(OpenError::NotOurs)));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_new_connection_can_be_had_nobody_needs_one() {
    let database = TestDatabase::in_postgres();
    let accounts = server(&database.url).await;
    let session = sign_up(&accounts, ADA).await.session;
    let (at, name) = database.url.rsplit_once('/').unwrap();
    // All of them are open once this is so.
    let open = "SELECT CAST(count(*) AS TEXT) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()";
    until("the pool is full", async || database.ask(open).await == "8").await;
    let mut elsewhere = PgConnection::connect(&format!("{at}/postgres"))
        .await
        .unwrap();
    let refuse = AssertSqlSafe(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
    sqlx::raw_sql(refuse).execute(&mut elsewhere).await.unwrap();
    let mut asking = JoinSet::new();
    for _ in 0..200 {
        let (accounts, session) = (accounts.clone(), session.clone());
        asking.spawn(async move {
            accounts
                .resume_unattended(&session, SystemTime::now())
                .await
        });
    }
    for asked in asking.join_all().await {
        assert!(asked.unwrap().is_some());
    }
}
