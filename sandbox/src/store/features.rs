//! Features, as Reqio's API calls what visitors file, seen with a visitor's eyes.

use serde::Serialize;
use sqlx::{Connection, FromRow};

use super::{Store, Transaction, Visitor, visitors};
use crate::error::ApiError;
use crate::feature::{Kind, NewFeature, Status};

/// How many features are kept; a further one is refused, since dropping one would drop the voices
/// behind it.
pub(crate) const FEATURES_KEPT: usize = 500;

/// A feature as one visitor sees it.
#[derive(Debug, Serialize, FromRow)]
pub(crate) struct Feature {
    pub(crate) id: i64,
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) details: String,
    pub(crate) status: Status,
    pub(crate) created_at: i64,
    pub(crate) voices: i64,
    pub(crate) upvoted: bool,
    pub(crate) mine: bool,
}

/// One statement for every list: `?1` is the looking visitor's row, and the condition picks the
/// features.
macro_rules! features_where {
    ($condition:literal) => {
        concat!(
            "select id, kind, title, details, status, created_at,
               (select count(*) from voices where feature_id = features.id) as voices,
               exists (
                 select 1 from voices where feature_id = features.id and visitor_id = ?1
               ) as upvoted,
               coalesce(author_id = ?1, 0) as mine
             from features where ",
            $condition,
            " order by voices desc, id desc"
        )
    };
}

impl Store {
    /// The public features, those with most voices first: what a visitor may know of the ranking.
    pub(crate) async fn public_features(
        &self,
        visitor: &Visitor,
    ) -> Result<Vec<Feature>, sqlx::Error> {
        let mut connection = self.connection().await;
        let row = visitors::known_row(&mut connection, visitor).await?;
        sqlx::query_as(features_where!("kind in ('request', 'question')"))
            .bind(row)
            .fetch_all(&mut *connection)
            .await
    }

    /// What the visitor filed.
    pub(crate) async fn features_of(&self, visitor: &Visitor) -> Result<Vec<Feature>, sqlx::Error> {
        let mut connection = self.connection().await;
        let row = visitors::known_row(&mut connection, visitor).await?;
        sqlx::query_as(features_where!("author_id = ?1"))
            .bind(row)
            .fetch_all(&mut *connection)
            .await
    }

    /// Files a feature, with its submitter as the first voice behind it.
    pub(crate) async fn file(
        &self,
        visitor: &Visitor,
        new: &NewFeature,
        now: i64,
    ) -> Result<Feature, ApiError> {
        let mut connection = self.connection().await;
        let mut transaction = connection.begin().await?;
        let author = visitors::row(&mut transaction, visitor, now)
            .await?
            .ok_or(ApiError::AnonymousId)?;
        let kept: i64 = sqlx::query_scalar("select count(*) from features")
            .fetch_one(&mut *transaction)
            .await?;
        if usize::try_from(kept).is_ok_and(|kept| kept >= FEATURES_KEPT) {
            return Err(ApiError::BacklogFull);
        }
        let id = insert(&mut transaction, new, Status::default(), author, now).await?;
        let feature = sqlx::query_as(features_where!("id = ?2"))
            .bind(author)
            .bind(id)
            .fetch_one(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(feature)
    }

    /// Adds the visitor's voice to a public feature, or takes it back. Saying it twice changes
    /// nothing.
    pub(crate) async fn vote(
        &self,
        visitor: &Visitor,
        feature: i64,
        upvote: bool,
        now: i64,
    ) -> Result<Feature, ApiError> {
        let mut connection = self.connection().await;
        let mut transaction = connection.begin().await?;
        let voter = visitors::row(&mut transaction, visitor, now)
            .await?
            .ok_or(ApiError::AnonymousId)?;
        if upvote {
            add_voice(&mut transaction, feature, voter).await?;
        } else {
            sqlx::query(
                "delete from voices where visitor_id = ?1 and feature_id = ?2
                 and feature_id not in (select id from features where author_id = ?1)",
            )
            .bind(voter)
            .bind(feature)
            .execute(&mut *transaction)
            .await?;
        }
        let seen: Option<Feature> = sqlx::query_as(features_where!(
            "id = ?2 and kind in ('request', 'question')"
        ))
        .bind(voter)
        .bind(feature)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        match seen {
            None => Err(ApiError::NotFound),
            Some(own) if own.mine && !upvote => Err(ApiError::OwnFeature),
            Some(seen) => Ok(seen),
        }
    }
}

/// Files a feature with its author as the first voice behind it, and answers its id.
pub(super) async fn insert(
    transaction: &mut Transaction<'_>,
    new: &NewFeature,
    status: Status,
    author: i64,
    filed_at: i64,
) -> Result<i64, sqlx::Error> {
    let id = sqlx::query_scalar(
        "insert into features (kind, title, details, status, author_id, created_at)
         values (?, ?, ?, ?, ?, ?)
         returning id",
    )
    .bind(new.kind)
    .bind(&new.title)
    .bind(&new.details)
    .bind(status)
    .bind(author)
    .bind(filed_at)
    .fetch_one(&mut **transaction)
    .await?;
    sqlx::query("insert into voices (feature_id, visitor_id) values (?, ?)")
        .bind(id)
        .bind(author)
        .execute(&mut **transaction)
        .await?;
    Ok(id)
}

/// Adds a visitor's voice to a feature that is public.
pub(super) async fn add_voice(
    transaction: &mut Transaction<'_>,
    feature: i64,
    visitor: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "insert into voices (feature_id, visitor_id)
         select id, ?1 from features where id = ?2 and kind in ('request', 'question')
         on conflict do nothing",
    )
    .bind(visitor)
    .bind(feature)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
