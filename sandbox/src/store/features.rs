//! Features, as Reqio's API calls what visitors file, seen with a visitor's eyes.

use serde::{Deserialize, Serialize};
use sqlx::{Connection, FromRow};

use super::{Store, Visitor, visitors};

/// How many features are kept; a further one is refused, since dropping one would drop the voices
/// behind it.
pub(crate) const FEATURES_KEPT: i64 = 500;

/// What a visitor files. Requests and questions are public; errors and feedback only the team sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(rename_all = "lowercase")]
pub(crate) enum Kind {
    Request,
    Error,
    Feedback,
    Question,
}

/// How far the team is. The two last ones are Reqio's two ways of being completed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub(crate) enum Status {
    NeedsAction,
    InProgress,
    Shipped,
    NextUpdate,
}

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

/// A feature about to be filed.
#[derive(Debug)]
pub(crate) struct NewFeature {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) details: String,
}

/// Why nothing was filed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FileError {
    #[error("the backlog is full")]
    Full,
    #[error("the visitor has no id")]
    NoVisitor,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Why a voice was neither added nor taken back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VoteError {
    #[error("there is no such public feature")]
    NoFeature,
    #[error("a submitter stands behind their own")]
    OwnFeature,
    #[error("the visitor has no id")]
    NoVisitor,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Kind {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Request => "Request",
            Self::Error => "Error",
            Self::Feedback => "Feedback",
            Self::Question => "Question",
        }
    }

    pub(crate) fn is_public(self) -> bool {
        matches!(self, Self::Request | Self::Question)
    }
}

impl Status {
    pub(crate) const ALL: [Self; 4] = [
        Self::NeedsAction,
        Self::InProgress,
        Self::Shipped,
        Self::NextUpdate,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::NeedsAction => "needs_action",
            Self::InProgress => "in_progress",
            Self::Shipped => "shipped",
            Self::NextUpdate => "next_update",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::NeedsAction => "Needs action",
            Self::InProgress => "In progress",
            Self::Shipped => "Completed: Shipped",
            Self::NextUpdate => "Completed: Coming in the next update",
        }
    }
}

/// One statement for every list: `?1` is the looking visitor's row, and the condition picks the
/// features.
macro_rules! features_where {
    ($condition:literal) => {
        concat!(
            "select id, kind, title, details, status, created_at,
               (select count(*) from voices where feature_id = features.id) as voices,
               exists (select 1 from voices where feature_id = features.id and visitor_id = ?1) as upvoted,
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
    ) -> Result<Feature, FileError> {
        let mut connection = self.connection().await;
        let mut transaction = connection.begin().await?;
        let author = visitors::row(&mut transaction, visitor, now)
            .await?
            .ok_or(FileError::NoVisitor)?;
        let kept: i64 = sqlx::query_scalar("select count(*) from features")
            .fetch_one(&mut *transaction)
            .await?;
        if kept >= FEATURES_KEPT {
            return Err(FileError::Full);
        }
        let id: i64 = sqlx::query_scalar(
            "insert into features (kind, title, details, status, author_id, created_at) values (?, ?, ?, ?, ?, ?)
             returning id",
        )
        .bind(new.kind)
        .bind(&new.title)
        .bind(&new.details)
        .bind(Status::NeedsAction)
        .bind(author)
        .bind(now)
        .fetch_one(&mut *transaction)
        .await?;
        sqlx::query("insert into voices (feature_id, visitor_id) values (?, ?)")
            .bind(id)
            .bind(author)
            .execute(&mut *transaction)
            .await?;
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
    ) -> Result<Feature, VoteError> {
        let mut connection = self.connection().await;
        let mut transaction = connection.begin().await?;
        let voter = visitors::row(&mut transaction, visitor, now)
            .await?
            .ok_or(VoteError::NoVisitor)?;
        let statement = if upvote {
            "insert into voices (feature_id, visitor_id)
             select id, ?1 from features where id = ?2 and kind in ('request', 'question') on conflict do nothing"
        } else {
            "delete from voices where visitor_id = ?1 and feature_id = ?2
             and feature_id not in (select id from features where author_id = ?1)"
        };
        sqlx::query(statement)
            .bind(voter)
            .bind(feature)
            .execute(&mut *transaction)
            .await?;
        let seen: Option<Feature> = sqlx::query_as(features_where!(
            "id = ?2 and kind in ('request', 'question')"
        ))
        .bind(voter)
        .bind(feature)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        match seen {
            None => Err(VoteError::NoFeature),
            Some(own) if own.mine && !upvote => Err(VoteError::OwnFeature),
            Some(seen) => Ok(seen),
        }
    }
}
