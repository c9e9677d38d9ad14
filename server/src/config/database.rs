//! The database of the accounts, and how much one server asks of it.

use std::{num::NonZeroU32, time::Duration};

use accounts::{DatabaseSettings, DatabaseUrl, InvalidDatabaseUrl};

use super::{Problem, Variables, parse};

/// Checks the variables that begin with `DATABASE`.
pub(super) fn settings(variables: &Variables) -> Result<DatabaseSettings, Problem> {
    let text = variables.database_url.as_deref();
    let url: DatabaseUrl = text
        .unwrap_or("sqlite://demo.db")
        .parse()
        .map_err(unusable)?;
    let mut settings = DatabaseSettings::from(url);
    if let Some(text) = &variables.database_connections {
        settings.connections = parse(text, "DATABASE_CONNECTIONS", "8")?;
    }
    if let Some(text) = &variables.database_time_limit {
        settings.time_limit = seconds(parse(text, "DATABASE_TIME_LIMIT", "5")?);
    }
    if let Some(text) = &variables.database_patience {
        settings.patience = Duration::from_secs(parse(text, "DATABASE_PATIENCE", "30")?);
    }
    Ok(settings)
}

fn unusable(error: InvalidDatabaseUrl) -> Problem {
    let example = "sqlite://demo.db, or postgres://user@host/database";
    Problem::new("DATABASE_URL", error.to_string(), example)
}

fn seconds(number: NonZeroU32) -> Duration {
    Duration::from_secs(number.get().into())
}
