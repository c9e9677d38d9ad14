//! Which database: a file of SQLite's, or a PostgreSQL server.

use std::{fmt, path::PathBuf, str::FromStr};

use sqlx::{
    postgres::{PgConnectOptions, PgSslMode},
    sqlite::SqliteConnectOptions,
};

/// Where the database is: `sqlite://demo.db` or `postgres://user:password@host/database`.
///
/// `Display` and `Debug` show neither user nor password.
#[derive(Clone)]
pub struct DatabaseUrl {
    pub(crate) text: String,
    pub(crate) engine: Engine,
}

#[derive(Clone)]
pub(crate) enum Engine {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

/// Why a text is no database URL.
#[derive(Debug, thiserror::Error)]
pub enum InvalidDatabaseUrl {
    /// It names another database, or none.
    #[error("starts with neither sqlite: nor postgres://")]
    Engine,
    /// A database in memory: each connection would have one of its own.
    #[error("names a database in memory, which the server's connections could not share")]
    InMemory,
    /// Parameters of SQLite's, which the server sets itself.
    #[error("has parameters after a ?, which only a postgres:// URL may have")]
    Parameters,
    /// Something in it cannot be understood.
    #[error("cannot be read ({0})")]
    Unreadable(sqlx::Error),
}

impl FromStr for DatabaseUrl {
    type Err = InvalidDatabaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidDatabaseUrl> {
        // A shell that read a file from Windows leaves a carriage return.
        let text = text.trim();
        let engine = if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            let options = text.parse().map_err(InvalidDatabaseUrl::Unreadable)?;
            Engine::Postgres(Box::new(options))
        } else if text.contains(":memory:") || text.contains("mode=memory") {
            return Err(InvalidDatabaseUrl::InMemory);
        } else if text.starts_with("sqlite:") {
            if text.contains('?') {
                return Err(InvalidDatabaseUrl::Parameters);
            }
            let options: SqliteConnectOptions =
                text.parse().map_err(InvalidDatabaseUrl::Unreadable)?;
            Engine::Sqlite(options.get_filename().to_owned())
        } else {
            return Err(InvalidDatabaseUrl::Engine);
        };
        Ok(Self {
            text: text.to_owned(),
            engine,
        })
    }
}

impl DatabaseUrl {
    /// What is unsafe about it: a password that is sent to another machine without encryption, or
    /// to whoever answers in that machine's place.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let Engine::Postgres(options) = &self.engine else {
            return None;
        };
        let host = options.get_host();
        let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
        let is_local = options.get_socket().is_some()
            || host.starts_with('/')
            || host == "localhost"
            || address.is_ok_and(|address| address.is_loopback());
        let is_verified = matches!(
            options.get_ssl_mode(),
            PgSslMode::VerifyCa | PgSslMode::VerifyFull
        );
        (!is_local && !is_verified).then(|| {
            format!(
                "the connection to {host} may be unencrypted, or answered by another machine, and \
                 the password is sent over it: add ?sslmode=verify-full"
            )
        })
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.engine {
            Engine::Sqlite(_) => formatter.write_str(&self.text),
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

#[cfg(test)]
mod tests {
    use super::DatabaseUrl;

    fn parse(text: &str) -> DatabaseUrl {
        text.parse().unwrap()
    }

    #[test]
    fn a_url_is_shown_without_user_and_password() {
        let url = parse("postgres://ada:hush@db.example.com:6432/accounts?sslmode=verify-full");
        let shown = "postgres://db.example.com:6432/accounts";
        assert_eq!(url.to_string(), shown);
        assert_eq!(format!("{url:?}"), shown);
    }

    #[test]
    fn what_is_no_url_of_either_database_is_refused_without_being_repeated() {
        for text in [
            "",
            "mysql://ada:hush@localhost/accounts",
            "postgres:accounts",
            "postgres://ada:hush@localhost:hush/accounts",
            "postgres://ada:hush@localhost/accounts?sslmode=maybe",
            "sqlite://accounts.db?mode=ro",
            "sqlite::memory:",
            "sqlite://?mode=memory",
        ] {
            let refused = text.parse::<DatabaseUrl>().unwrap_err();
            assert!(!refused.to_string().contains("hush"), "{refused}");
        }
    }

    #[test]
    fn a_password_that_can_be_read_on_its_way_is_warned_about() {
        for unsafe_url in [
            "postgres://ada:hush@db.example.com/accounts",
            "postgres://ada:hush@10.0.0.5/accounts?sslmode=disable",
            "postgres://ada:hush@db.example.com/accounts?sslmode=prefer",
            // Encrypted, but for whoever answers.
            "postgres://ada:hush@db.example.com/accounts?sslmode=require",
        ] {
            let warning = parse(unsafe_url).warning().expect(unsafe_url);
            assert!(
                warning.contains("verify-full") && !warning.contains("hush"),
                "{warning}"
            );
        }
        for safe_url in [
            "sqlite://demo.db",
            "postgres://ada:hush@localhost/accounts",
            "postgres://ada:hush@127.0.0.1/accounts",
            "postgres://ada:hush@[::1]/accounts",
            "postgres:///accounts?host=/run/postgresql",
            "postgres://ada:hush@db.example.com/accounts?sslmode=verify-full",
        ] {
            assert_eq!(parse(safe_url).warning(), None, "{safe_url}");
        }
    }
}
