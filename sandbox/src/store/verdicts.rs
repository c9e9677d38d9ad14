//! What was decided about each request, for those who look for the reason.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{Connection, FromRow};

use super::{Store, Transaction, keep_newest};
use crate::faults::hold;

/// How many verdicts are kept; beyond it the oldest are dropped.
const VERDICTS_KEPT: i64 = 1_000;

/// The verdict on one request.
#[derive(Debug, Clone, Default, Serialize, FromRow)]
pub struct Verdict {
    /// Grows with every verdict that is kept.
    pub id: i64,
    /// When it fell, in seconds since 1970.
    pub decided_at: i64,
    /// The method of the request.
    pub method: String,
    /// The path of the request, without its query.
    pub path: String,
    /// The subject of a believed token, or `anonymous`; `None` where the token was refused.
    pub who: Option<String>,
    /// False where a token was sent and refused.
    pub accepted: bool,
    /// The code of the refusal.
    pub code: Option<String>,
    /// The verdict in a sentence; of a refusal, with the way to fix it.
    pub message: String,
    /// The first 8 hex digits of the token's SHA-256: tells two tokens apart and is worth nothing
    /// by itself.
    pub token_id: Option<String>,
    /// The token's header as it was sent.
    #[sqlx(json(nullable))]
    pub header: Option<Value>,
    /// The token's claims as they were sent.
    #[sqlx(json(nullable))]
    pub claims: Option<Value>,
}

/// Which verdicts are asked for, and how long to wait for one. What is left out does not matter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VerdictQuery {
    /// Those that came after the one with this id.
    pub since: i64,
    /// The subject of a believed token, or `anonymous`.
    pub who: Option<String>,
    /// The first 8 hex digits of the token's SHA-256.
    pub token_id: Option<String>,
    /// Whether they were accepted.
    pub accepted: Option<bool>,
    /// The code of the refusal.
    pub code: Option<String>,
    /// How long to wait for one of them.
    #[serde(deserialize_with = "hold")]
    pub wait: Duration,
}

impl Verdict {
    pub(super) async fn insert(
        &self,
        transaction: &mut Transaction<'_>,
    ) -> Result<(), sqlx::Error> {
        sqlx::query(
            "insert into verdicts (decided_at, method, path, who, accepted, code, message,
                                   token_id, header, claims)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(self.decided_at)
        .bind(&self.method)
        .bind(&self.path)
        .bind(&self.who)
        .bind(self.accepted)
        .bind(&self.code)
        .bind(&self.message)
        .bind(&self.token_id)
        .bind(self.header.as_ref().map(Json))
        .bind(self.claims.as_ref().map(Json))
        .execute(&mut **transaction)
        .await?;
        keep_newest!(&mut **transaction, "verdicts", VERDICTS_KEPT)?;
        Ok(())
    }
}

impl Store {
    /// Keeps the verdict on a request that admits nobody: an anonymous one, or a refused one.
    pub(crate) async fn record(&self, verdict: &Verdict) -> Result<(), sqlx::Error> {
        let mut connection = self.connection().await;
        let mut transaction = connection.begin().await?;
        verdict.insert(&mut transaction).await?;
        transaction.commit().await
    }

    /// The kept verdicts that are asked for, the newest first.
    pub(crate) async fn verdicts(&self, query: &VerdictQuery) -> Result<Vec<Verdict>, sqlx::Error> {
        let mut connection = self.connection().await;
        sqlx::query_as(
            "select * from verdicts where id > ? and who is coalesce(?, who)
             and token_id is coalesce(?, token_id) and accepted is coalesce(?, accepted)
             and code is coalesce(?, code) order by id desc",
        )
        .bind(query.since)
        .bind(&query.who)
        .bind(&query.token_id)
        .bind(query.accepted)
        .bind(&query.code)
        .fetch_all(&mut *connection)
        .await
    }

    /// The newest verdicts on requests that carried a token, the newest first.
    pub(crate) async fn newest_token_verdicts(
        &self,
        limit: u32,
    ) -> Result<Vec<Verdict>, sqlx::Error> {
        let mut connection = self.connection().await;
        sqlx::query_as("select * from verdicts where token_id is not null order by id desc limit ?")
            .bind(limit)
            .fetch_all(&mut *connection)
            .await
    }
}
