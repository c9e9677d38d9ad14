//! Who was seen: requesters, identified by a believed token, and anonymous visitors.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::{Connection, FromRow};

use super::{Store, Transaction, Verdict};
use crate::config::is_id;
use crate::faults::hold;
use crate::token::Claims;
use crate::{Cents, Interval};

/// How many visitors are kept; beyond it the one not seen for longest is forgotten, with its
/// voices.
pub(crate) const VISITORS_KEPT: usize = 2_000;

/// Who sent a request.
#[derive(Debug, Clone)]
pub(crate) enum Visitor {
    /// The requester of this row, by a believed token.
    Identified(i64),
    /// Nobody in particular, known again by the widget's random id if it sent one.
    Anonymous(Option<AnonymousId>),
}

/// The random id that a widget keeps for an anonymous visitor.
#[derive(Debug, Clone)]
pub(crate) struct AnonymousId(String);

impl AnonymousId {
    /// Takes 1 to 64 ASCII letters, digits, `-` and `_`. The sandbox's own choice.
    pub(crate) fn new(id: &str) -> Option<Self> {
        is_id(id).then(|| Self(id.to_owned()))
    }
}

/// An identified user, as the latest of their tokens describes them.
#[derive(Debug, Clone, Serialize, FromRow)]
pub struct Requester {
    /// The subject of their tokens.
    #[sqlx(rename = "subject")]
    pub id: String,
    /// Where they can be written to.
    pub email: Option<String>,
    /// The name of their plan.
    pub plan: Option<String>,
    /// What they are charged, as billed.
    pub amount: Option<Cents>,
    /// How often they are charged it.
    pub interval: Option<Interval>,
    /// What they are worth a month.
    pub monthly_amount: Option<Cents>,
    /// When they were first seen, in seconds since 1970.
    pub first_seen_at: i64,
    /// When they were last seen, in seconds since 1970.
    pub last_seen_at: i64,
}

/// Which requesters are asked for, and how long to wait for one. What is left out does not matter.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RequesterQuery {
    /// The subject of their tokens.
    pub id: Option<String>,
    /// Where they can be written to.
    pub email: Option<String>,
    /// The name of their plan.
    pub plan: Option<String>,
    /// What they are worth a month.
    pub monthly_amount: Option<Cents>,
    /// How long to wait for one of them.
    #[serde(deserialize_with = "hold")]
    pub wait: Duration,
}

impl Store {
    /// Keeps what a believed token says of its user, together with the verdict, and answers the
    /// user's row.
    pub(crate) async fn admit(
        &self,
        claims: &Claims,
        verdict: &Verdict,
    ) -> Result<i64, sqlx::Error> {
        let mut connection = self.connection().await;
        let mut transaction = connection.begin().await?;
        let id = register(&mut transaction, claims, verdict.decided_at).await?;
        verdict.insert(&mut transaction).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// The requester of a row.
    pub(crate) async fn requester(&self, id: i64) -> Result<Option<Requester>, sqlx::Error> {
        let mut connection = self.connection().await;
        sqlx::query_as("select * from visitors where id = ? and subject is not null")
            .bind(id)
            .fetch_optional(&mut *connection)
            .await
    }

    /// The requesters asked for, the most valuable first.
    pub(crate) async fn requesters(
        &self,
        query: &RequesterQuery,
    ) -> Result<Vec<Requester>, sqlx::Error> {
        let mut connection = self.connection().await;
        sqlx::query_as(
            "select * from visitors where subject is not null
             and subject = coalesce(?, subject) and email is coalesce(?, email)
             and plan is coalesce(?, plan) and monthly_amount is coalesce(?, monthly_amount)
             order by coalesce(monthly_amount, 0) desc, last_seen_at desc, id",
        )
        .bind(&query.id)
        .bind(&query.email)
        .bind(&query.plan)
        .bind(query.monthly_amount)
        .fetch_all(&mut *connection)
        .await
    }
}

pub(super) async fn register(
    transaction: &mut Transaction<'_>,
    claims: &Claims,
    now: i64,
) -> Result<i64, sqlx::Error> {
    let id: i64 = sqlx::query_scalar(
        "insert into visitors (subject, first_seen_at, last_seen_at) values (?1, ?2, ?2)
         on conflict (subject)
         do update set last_seen_at = max(last_seen_at, excluded.last_seen_at)
         returning id",
    )
    .bind(&claims.subject)
    .bind(now)
    .fetch_one(&mut **transaction)
    .await?;
    sqlx::query(
        "update visitors set email = ?, plan = ?, amount = ?, interval = ?, monthly_amount = ?,
                             issued_at = ?
         where id = ? and issued_at <= ?",
    )
    .bind(&claims.email)
    .bind(&claims.traits.plan)
    .bind(claims.traits.amount)
    .bind(claims.traits.interval)
    .bind(claims.traits.monthly_amount())
    .bind(claims.issued_at)
    .bind(id)
    .bind(claims.issued_at)
    .execute(&mut **transaction)
    .await?;
    forget_oldest(transaction).await?;
    Ok(id)
}

/// The row of a visitor who is about to leave something behind; an anonymous one gets it here.
/// `None` without an id.
pub(super) async fn row(
    transaction: &mut Transaction<'_>,
    visitor: &Visitor,
    now: i64,
) -> Result<Option<i64>, sqlx::Error> {
    let anonymous_id = match visitor {
        Visitor::Identified(id) => return Ok(Some(*id)),
        Visitor::Anonymous(None) => return Ok(None),
        Visitor::Anonymous(Some(AnonymousId(id))) => id,
    };
    let id = sqlx::query_scalar(
        "insert into visitors (anonymous_id, first_seen_at, last_seen_at) values (?1, ?2, ?2)
         on conflict (anonymous_id)
         do update set last_seen_at = max(last_seen_at, excluded.last_seen_at)
         returning id",
    )
    .bind(anonymous_id)
    .bind(now)
    .fetch_one(&mut **transaction)
    .await?;
    forget_oldest(transaction).await?;
    Ok(Some(id))
}

/// The row of a visitor who only looks. An anonymous id that is not known, or no longer, is nobody
/// yet.
pub(super) async fn known_row(
    connection: &mut sqlx::SqliteConnection,
    visitor: &Visitor,
) -> Result<Option<i64>, sqlx::Error> {
    match visitor {
        Visitor::Identified(id) => Ok(Some(*id)),
        Visitor::Anonymous(None) => Ok(None),
        Visitor::Anonymous(Some(AnonymousId(id))) => {
            sqlx::query_scalar("select id from visitors where anonymous_id = ?")
                .bind(id)
                .fetch_optional(connection)
                .await
        }
    }
}

async fn forget_oldest(transaction: &mut Transaction<'_>) -> Result<(), sqlx::Error> {
    sqlx::query(
        "delete from visitors where id in
         (select id from visitors order by last_seen_at desc, id desc limit -1 offset ?)",
    )
    .bind(i64::try_from(VISITORS_KEPT).unwrap_or(i64::MAX))
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
