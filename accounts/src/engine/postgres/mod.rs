//! PostgreSQL: connections that say at once when there is no server, and wait for nothing long.
//!
//! sqlx's own pool tries a server that refuses it again and again until the time is up, so that an
//! outage becomes a pile of waiting requests, and asks a connection whether it lives after every
//! use. This one asks only a connection that has been idle.

mod connector;
mod line;
mod lines;

use std::io::ErrorKind;

use sqlx::{ConnectOptions as _, Connection as _, postgres::PgConnectOptions};

use super::connect_within;
use crate::{DatabaseSettings, OpenError, schema};

pub(crate) use line::Line;
pub(crate) use lines::Lines;

/// Brings the tables up to date, once there is a server, and opens connections as they are needed.
pub(crate) async fn open(
    options: &PgConnectOptions,
    settings: &DatabaseSettings,
) -> Result<Lines, OpenError> {
    let connect = || async {
        let connecting = tokio::time::timeout(settings.time_limit, options.connect());
        connecting.await.unwrap_or_else(|_| Err(unreachable()))
    };
    let mut first = connect_within(settings.patience, may_pass, connect).await?;
    schema::update_postgres(&mut first).await?;
    first.close().await?;
    Ok(Lines::new(options, settings))
}

/// Whether a server that cannot be connected to now may be one that is starting.
fn may_pass(error: &sqlx::Error) -> bool {
    match error {
        // What it shows of itself is another matter: no certificate becomes right by waiting.
        sqlx::Error::Io(error) => error.kind() != ErrorKind::InvalidData,
        // "cannot_connect_now": it is starting or stopping.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| code == "57P03"),
        _ => false,
    }
}

fn unreachable() -> sqlx::Error {
    let words = "the database server cannot be reached";
    sqlx::Error::Io(std::io::Error::new(ErrorKind::NotConnected, words))
}
