//! Sessions looked up together: whoever asks while the database is busy with others' questions
//! shares the next statement.
//!
//! A message to the database and back costs more than the lookup itself, most of all SQLite's,
//! which lives in a thread of its own. Nothing is remembered: a statement begins after everybody
//! whose question is in it has asked, so a session that ended before is not found.

use std::{collections::HashMap, mem, sync::Arc, time::Duration};

use sqlx::AssertSqlSafe;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};

use crate::{
    Error,
    engine::{Database, list, on},
    user::UserRow,
};

/// Questions in one statement at most. Each number of them is a statement that is prepared once.
const MOST: usize = 32;
/// One statement at a time carries the most questions, but one that takes longer than this holds
/// up nobody else.
const SLOW: Duration = Duration::from_millis(5);
/// Questions that wait at most; more wait for room.
const ROOM: usize = 1024;
/// Every request of a signed-in visitor begins here: none is to wait long for a database that is
/// stuck.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// A session that has not been signed out, and whose it is.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct SessionRow {
    token_hash: String,
    #[sqlx(flatten)]
    pub(crate) user: UserRow,
    pub(crate) demo: bool,
    pub(crate) created_at: i64,
    pub(crate) last_seen_at: i64,
}

type Answer = Result<Option<SessionRow>, Arc<sqlx::Error>>;

#[derive(Debug)]
struct Question {
    token_hash: String,
    answer: oneshot::Sender<Answer>,
}

/// Where sessions are asked for. Ends with its last clone.
#[derive(Clone, Debug)]
pub(crate) struct SessionLookup {
    questions: mpsc::Sender<Question>,
    longest_wait: Duration,
}

impl SessionLookup {
    /// Asks `database` from now on, whose statements take no longer than `time_limit`.
    pub(crate) fn start(database: &Database, time_limit: Duration) -> Self {
        let (questions, asked) = mpsc::channel(ROOM);
        tokio::spawn(answer_all(database.clone(), asked));
        Self {
            questions,
            longest_wait: LONGEST_WAIT.min(time_limit),
        }
    }

    /// The session that has this hash now, whatever its age.
    pub(crate) async fn find(&self, token_hash: String) -> Result<Option<SessionRow>, Error> {
        let (answer, answered) = oneshot::channel();
        let question = Question { token_hash, answer };
        let asking = async {
            let sent = self.questions.send(question).await;
            sent.map_err(|_| sqlx::Error::WorkerCrashed)?;
            Ok(answered.await.map_err(|_| sqlx::Error::WorkerCrashed)??)
        };
        let in_time = timeout(self.longest_wait, asking).await;
        in_time.unwrap_or_else(|_| Err(sqlx::Error::PoolTimedOut.into()))
    }
}

async fn answer_all(database: Database, mut asked: mpsc::Receiver<Question>) {
    let mut questions = Vec::new();
    while asked.recv_many(&mut questions, MOST).await != 0 {
        let answering = tokio::spawn(answer(database.clone(), mem::take(&mut questions)));
        // Either way the next ones are asked; this one goes on by itself.
        let _ = timeout(SLOW, answering).await;
    }
}

async fn answer(database: Database, questions: Vec<Question>) {
    let hashes: Vec<&str> = questions.iter().map(|one| &*one.token_hash).collect();
    let found = find(&database, &hashes).await.map_err(Arc::new);
    for Question { token_hash, answer } in questions {
        let row = found.as_ref().map(|rows| rows.get(&token_hash).cloned());
        // Whoever asked may have hung up.
        let _ = answer.send(row.map_err(Arc::clone));
    }
}

async fn find(
    database: &Database,
    hashes: &[&str],
) -> Result<HashMap<String, SessionRow>, sqlx::Error> {
    let places = list(hashes.len(), |place| format!("${place}"));
    let statement = format!(
        r#"SELECT token_hash, users.id, name, email, plan, amount, "interval", demo,
                  sessions.created_at, last_seen_at
           FROM sessions JOIN users ON users.id = sessions.user_id
           WHERE token_hash IN ({places})"#
    );
    let mut connection = database.connection().await?;
    let rows: Vec<SessionRow> = on!(connection.lend(), engine => {
        let mut query = sqlx::query_as(AssertSqlSafe(statement));
        for hash in hashes {
            query = query.bind(hash);
        }
        query.fetch_all(engine)
    })?;
    let by_hash = rows.into_iter().map(|row| (row.token_hash.clone(), row));
    Ok(by_hash.collect())
}
