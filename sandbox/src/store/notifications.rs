//! Notifications: everyone behind a feature learns when its status changes.

use serde::Serialize;
use sqlx::{Connection, FromRow};

use super::{Store, Visitor, keep_newest, visitors};
use crate::feature::Status;

/// How many notifications are kept for everyone together; beyond it the oldest are dropped.
const NOTIFICATIONS_KEPT: i64 = 10_000;

/// How many of a visitor's newest notifications are shown.
const NOTIFICATIONS_SHOWN: u32 = 50;

/// A change of status, as told to one who stands behind the feature.
#[derive(Debug, Serialize, FromRow)]
pub(crate) struct Notification {
    pub(crate) id: i64,
    pub(crate) feature_id: i64,
    pub(crate) title: String,
    pub(crate) status: Status,
    pub(crate) created_at: i64,
}

impl Store {
    /// Changes a feature's status and notifies everyone behind it. The same status again notifies
    /// nobody. Answers whether there is such a feature.
    pub(crate) async fn set_status(
        &self,
        feature: i64,
        status: Status,
        now: i64,
    ) -> Result<bool, sqlx::Error> {
        let mut connection = self.connection().await;
        let mut transaction = connection.begin().await?;
        let changed = sqlx::query("update features set status = ?1 where id = ?2 and status <> ?1")
            .bind(status)
            .bind(feature)
            .execute(&mut *transaction)
            .await?
            .rows_affected();
        if changed > 0 {
            sqlx::query(
                "insert into notifications (feature_id, visitor_id, status, created_at)
                 select feature_id, visitor_id, ?, ? from voices where feature_id = ?",
            )
            .bind(status)
            .bind(now)
            .bind(feature)
            .execute(&mut *transaction)
            .await?;
            keep_newest!(&mut *transaction, "notifications", NOTIFICATIONS_KEPT)?;
        }
        let exists = sqlx::query_scalar("select exists (select 1 from features where id = ?)")
            .bind(feature)
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(exists)
    }

    /// The visitor's newest notifications, the newest first.
    pub(crate) async fn notifications_of(
        &self,
        visitor: &Visitor,
    ) -> Result<Vec<Notification>, sqlx::Error> {
        let mut connection = self.connection().await;
        let row = visitors::known_row(&mut connection, visitor).await?;
        sqlx::query_as(
            "select notifications.id, feature_id, title, notifications.status,
                    notifications.created_at
             from notifications join features on features.id = feature_id
             where visitor_id = ? order by notifications.id desc limit ?",
        )
        .bind(row)
        .bind(NOTIFICATIONS_SHOWN)
        .fetch_all(&mut *connection)
        .await
    }
}
