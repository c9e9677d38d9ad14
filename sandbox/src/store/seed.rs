//! Back to the start: everything forgotten, and the seed sown.

use sqlx::Connection;

use super::{Store, Transaction, features, visitors};
use crate::Seed;

const SECONDS_A_DAY: i64 = 86_400;

impl Store {
    /// Forgets everything and sows `seed`. A verdict's id is never given again, so that "since this
    /// one" keeps its meaning.
    pub(crate) async fn reset(&self, seed: &Seed, now: i64) -> Result<(), sqlx::Error> {
        let mut connection = self.connection().await;
        let mut transaction = connection.begin().await?;
        sqlx::raw_sql(
            "delete from features; delete from visitors; delete from verdicts;
             delete from sqlite_sequence where name <> 'verdicts'",
        )
        .execute(&mut *transaction)
        .await?;
        sow(&mut transaction, seed, now).await?;
        transaction.commit().await
    }
}

/// Writes the seed into an empty memory.
pub(super) async fn sow(
    transaction: &mut Transaction<'_>,
    seed: &Seed,
    now: i64,
) -> Result<(), sqlx::Error> {
    let mut rows = Vec::new();
    for customer in &seed.customers {
        rows.push(visitors::register(transaction, customer, now).await?);
    }
    for request in &seed.requests {
        let filed_at = now.saturating_sub(i64::from(request.days_ago) * SECONDS_A_DAY);
        let author = rows[request.by];
        let (new, status) = (&request.feature, request.status);
        let feature = features::insert(transaction, new, status, author, filed_at).await?;
        for &voter in &request.votes {
            features::add_voice(transaction, feature, rows[voter]).await?;
        }
    }
    Ok(())
}
