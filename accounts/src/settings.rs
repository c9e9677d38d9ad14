//! Which database, and how much is asked of it.

use std::{fmt, num::NonZeroU32, str::FromStr, time::Duration};

use sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

use crate::engine::Engine;

/// Where the database is: `sqlite://demo.db`, or `postgres://user:password@host/database`, with
/// `?sslmode=verify-full` where the way there is to be encrypted and the server to be who it says.
///
/// Shown, a URL of PostgreSQL's has neither user nor password.
#[derive(Clone)]
pub struct DatabaseUrl(pub(crate) Engine<SqliteUrl, PgConnectOptions>);

#[derive(Clone)]
pub(crate) struct SqliteUrl {
    text: String,
    pub(crate) options: SqliteConnectOptions,
}

/// Why a text is no database's URL.
#[derive(Debug, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    /// It names neither engine.
    #[error("starts with neither sqlite: nor postgres://")]
    Engine,
    /// Something in it cannot be understood.
    #[error("cannot be read ({0})")]
    Unreadable(sqlx::Error),
}

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        let is_postgres = |scheme: &&str| text.starts_with(scheme);
        if ["postgres://", "postgresql://"].iter().any(is_postgres) {
            let options = text.parse().map_err(InvalidDatabaseUrl::Unreadable)?;
            return Ok(Self(Engine::Postgres(options)));
        }
        if !text.starts_with("sqlite:") {
            return Err(InvalidDatabaseUrl::Engine);
        }
        let options = text.parse().map_err(InvalidDatabaseUrl::Unreadable)?;
        let text = text.to_owned();
        Ok(Self(Engine::Sqlite(SqliteUrl { text, options })))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Engine::Sqlite(url) => formatter.write_str(&url.text),
            Engine::Postgres(options) => {
                let (host, port) = (options.get_host(), options.get_port());
                let database = options.get_database().unwrap_or_default();
                write!(formatter, "postgres://{host}:{port}/{database}")
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// The database, and how long and how often it is asked.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// Where it is.
    pub url: DatabaseUrl,
    /// How many connections one server opens at most.
    pub connections: NonZeroU32,
    /// How long one statement may take, and how long opening a connection may.
    pub time_limit: Duration,
    /// How long a start waits for a database server that is not there yet. A file is there or not.
    pub patience: Duration,
}

/// With what a server that is told no more than the URL takes for the rest.
impl From<DatabaseUrl> for DatabaseSettings {
    fn from(url: DatabaseUrl) -> Self {
        Self {
            url,
            connections: NonZeroU32::new(8).expect("8 is not 0"),
            time_limit: Duration::from_secs(5),
            patience: Duration::from_secs(30),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::DatabaseUrl;

    #[test]
    fn a_url_is_shown_without_user_and_password() {
        let url = "postgres://ada:hush@db.example.com:6432/accounts?sslmode=verify-full";
        let url: DatabaseUrl = url.parse().unwrap();
        let shown = "postgres://db.example.com:6432/accounts";
        assert_eq!(url.to_string(), shown);
        assert_eq!(format!("{url:?}"), shown);
    }

    #[test]
    fn what_is_no_url_of_either_engine_is_refused_without_being_repeated() {
        for text in [
            "",
            "mysql://ada:hush@localhost/accounts",
            "postgres:accounts",
            "postgres://ada:hush@localhost:hush/accounts",
            "postgres://ada:hush@localhost/accounts?sslmode=maybe",
            "sqlite://accounts.db?mode=maybe",
        ] {
            let refused = text.parse::<DatabaseUrl>().unwrap_err();
            assert!(!refused.to_string().contains("hush"), "{refused}");
        }
    }
}
