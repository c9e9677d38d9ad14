//! The way to the database, encrypted where `DATABASE_URL` demands it, or not taken.

use std::time::SystemTime;

use accounts::{Accounts, DemoCustomers::Refused, OpenError};
use sqlx::{Connection as _, PgConnection};
use test_database::{Postgres, TestDatabase};

use crate::support::{PATIENCE, settings};

/// What comes of a start that would wait for long for a server that is not there yet.
async fn opened(url: &str) -> Result<Accounts, OpenError> {
    let mut settings = settings(url);
    settings.patience = 10 * PATIENCE;
    let opening = tokio::time::timeout(PATIENCE, Accounts::open(&settings, Refused));
    opening.await.expect("an answer at once")
}

#[tokio::test]
async fn a_server_that_cannot_encrypt_is_refused_where_encryption_is_demanded() {
    let place = TestDatabase::in_postgres();
    PgConnection::connect(&place.url).await.unwrap();
    for demand in ["require", "verify-ca", "verify-full"] {
        let refused = opened(&format!("{}?sslmode={demand}", place.url)).await;
        assert!(
            matches!(&refused, Err(OpenError::Database(sqlx::Error::Tls(_)))),
            "{demand}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_encrypts_is_used_once_it_is_who_it_is_demanded_to_be() {
    let (postgres, certificate) = Postgres::start_encrypted("IP:127.0.0.1").unwrap();
    let url = postgres.create_database().unwrap();
    let authority = certificate.authority().display().to_string();
    let rightly = format!("{url}?sslmode=verify-full&sslrootcert={authority}");
    for url in [&format!("{url}?sslmode=require"), &rightly] {
        let accounts = opened(url).await.unwrap();
        accounts.check(SystemTime::now()).await.unwrap();
        let encrypted = "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                         WHERE datname LIKE 'test%' AND pid <> pg_backend_pid()";
        assert_eq!(
            postgres.administer("postgres", encrypted).unwrap(),
            "t",
            "{url}"
        );
        accounts.close().await;
    }
    let signed_by_a_stranger = format!("{url}?sslmode=verify-full");
    let for_another_name = rightly.replace("127.0.0.1", "localhost");
    for url in [signed_by_a_stranger, for_another_name] {
        let opened = opened(&url).await.unwrap_err();
        let found = Accounts::inspect(&settings(&url)).await.unwrap_err();
        for refused in [opened.to_string(), found.to_string()] {
            assert!(refused.contains("invalid peer certificate"), "{refused}");
        }
    }
}
