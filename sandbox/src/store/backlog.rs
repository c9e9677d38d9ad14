//! The backlog with the team's eyes: ordered by the monthly revenue of everyone behind each
//! feature.

use std::collections::HashMap;

use serde::Serialize;
use sqlx::FromRow;

use super::Store;
use crate::Cents;
use crate::feature::{Kind, Status};

/// How many of those behind a feature are named, the most valuable first; the others are counted.
const VOICES_NAMED: u32 = 8;

/// One line of the backlog.
#[derive(Debug, Serialize, FromRow)]
pub(crate) struct BacklogEntry {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) details: String,
    pub(crate) status: Status,
    pub(crate) created_at: i64,
    /// How many stand behind it: submitter and upvoters, identified or not, each once.
    pub(crate) voices: i64,
    /// The sum of their monthly amounts. Free and anonymous voices add nothing.
    pub(crate) monthly_revenue: Cents,
    /// The most valuable of them.
    #[sqlx(skip)]
    pub(crate) who: Vec<Voice>,
}

/// One who stands behind a feature. An anonymous visitor has no id here.
#[derive(Debug, Serialize, FromRow)]
pub(crate) struct Voice {
    #[serde(skip)]
    feature_id: i64,
    #[sqlx(rename = "subject")]
    pub(crate) id: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) plan: Option<String>,
    pub(crate) monthly_amount: Option<Cents>,
}

impl Store {
    /// The whole backlog, the most valuable first; of equals the one with more voices, then the
    /// older.
    pub(crate) async fn backlog(&self) -> Result<Vec<BacklogEntry>, sqlx::Error> {
        let mut connection = self.connection().await;
        let mut entries: Vec<BacklogEntry> = sqlx::query_as(
            "select features.id, kind, title, details, status, created_at,
                    count(visitors.id) as voices,
                    coalesce(sum(monthly_amount), 0) as monthly_revenue
             from features left join voices on feature_id = features.id
                  left join visitors on visitors.id = visitor_id
             group by features.id order by monthly_revenue desc, voices desc, features.id",
        )
        .fetch_all(&mut *connection)
        .await?;
        let named: Vec<Voice> = sqlx::query_as(
            "select feature_id, subject, email, plan, monthly_amount from (
               select *, row_number() over (
                 partition by feature_id 
                  order by coalesce(monthly_amount, 0) desc, subject is null, visitor_id
               ) as place from voices join visitors on visitors.id = visitor_id
             ) where place <= ? order by feature_id, place",
        )
        .bind(VOICES_NAMED)
        .fetch_all(&mut *connection)
        .await?;
        let mut by_feature: HashMap<i64, Vec<Voice>> = HashMap::new();
        for voice in named {
            by_feature.entry(voice.feature_id).or_default().push(voice);
        }
        for entry in &mut entries {
            entry.who = by_feature.remove(&entry.id).unwrap_or_default();
        }
        Ok(entries)
    }
}
