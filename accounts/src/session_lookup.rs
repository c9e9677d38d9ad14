//! Looks a session up: the one statement that almost every request begins with.
//!
//! sqlx sends each statement to a thread of SQLite's and waits for the answer, which costs several
//! times as much as the lookup itself. So SQLite is asked in place, on a read-only connection of
//! the async thread's own. In WAL mode a reader waits for no writer. Nothing is cached: a session
//! that has ended is not found.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, OptionalExtension as _, Row};

use crate::{
    database::Database,
    user::{UserRow, user_columns},
};

const FIND: &str = concat!(
    "SELECT ",
    user_columns!(),
    ", sessions.created_at, last_seen_at FROM sessions JOIN users ON users.id = user_id
     WHERE token_hash = $1"
);

/// A session that nobody has signed out of, whatever its age. Seconds since 1970.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct SessionRow {
    #[sqlx(flatten)]
    pub(crate) user: UserRow,
    pub(crate) created_at: i64,
    pub(crate) last_seen_at: i64,
}

/// The session with this hash.
pub(crate) async fn find(
    database: &Database,
    token_hash: &str,
) -> Result<Option<SessionRow>, sqlx::Error> {
    if let Some(file) = &database.file {
        match find_in_place(file, token_hash) {
            Ok(found) => return Ok(found),
            Err(error) => tracing::debug!(%error, "the pool is asked instead"),
        }
    }
    sqlx::query_as(FIND)
        .bind(token_hash)
        .fetch_optional(&database.pool)
        .await
}

thread_local! {
    static READER: RefCell<Option<(PathBuf, Connection)>> = const { RefCell::new(None) };
}

fn find_in_place(file: &Path, token_hash: &str) -> rusqlite::Result<Option<SessionRow>> {
    READER.with_borrow_mut(|reader| {
        let (_, connection) = match reader.take_if(|(path, _)| path == file) {
            Some(open) => reader.insert(open),
            None => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let connection = Connection::open_with_flags(file, flags)?;
                reader.insert((file.to_owned(), connection))
            }
        };
        let mut statement = connection.prepare_cached(FIND)?;
        statement.query_row([token_hash], read).optional()
    })
}

/// In the order of [`FIND`].
fn read(row: &Row<'_>) -> rusqlite::Result<SessionRow> {
    Ok(SessionRow {
        user: UserRow {
            id: row.get(0)?,
            name: row.get(1)?,
            email: row.get(2)?,
            plan: row.get(3)?,
            amount: row.get(4)?,
            interval: row.get(5)?,
            demo: row.get(6)?,
            unpaid: row.get(7)?,
        },
        created_at: row.get(8)?,
        last_seen_at: row.get(9)?,
    })
}
