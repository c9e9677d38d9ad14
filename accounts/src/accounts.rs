//! The handle that everything about accounts hangs on.

use std::{num::NonZeroU32, sync::Arc};

use tokio::sync::Semaphore;

use crate::{
    Billing, DatabaseUrl, EmailAddress, Error, Mode, OpenError, User, UserId,
    database::Database,
    password_hasher::PasswordHasher,
    user::{UserRow, user_columns},
};

/// Users, passwords, sessions and rate limits, in one database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Accounts {
    pub(crate) database: Database,
    pub(crate) hasher: PasswordHasher,
    pub(crate) mode: Mode,
    /// Attempts to sign in to one account from one client address, a minute.
    pub(crate) sign_in_limit: NonZeroU32,
    /// Held while a session's time of last use is written.
    pub(crate) touching: Arc<Semaphore>,
}

impl Accounts {
    /// Opens the database. Makes the file and the tables if there are none.
    ///
    /// `sign_in_limit` is how many attempts a minute one client address has at one account; the
    /// other limits are multiples of it (`rate_limit.rs`).
    ///
    /// # Errors
    /// [`OpenError`], also for a database that holds tables of another program: nothing in it is
    /// changed.
    pub async fn open(
        url: &DatabaseUrl,
        mode: Mode,
        sign_in_limit: NonZeroU32,
    ) -> Result<Self, OpenError> {
        let accounts = Self::new(Database::open(url).await?, mode, sign_in_limit)?;
        accounts.ready().await?;
        Ok(accounts)
    }

    /// Opens a database that a server has made, only to read.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open_read_only(url: &DatabaseUrl, mode: Mode) -> Result<Self, OpenError> {
        Self::new(Database::open_read_only(url).await?, mode, NonZeroU32::MIN)
    }

    fn new(database: Database, mode: Mode, sign_in_limit: NonZeroU32) -> Result<Self, OpenError> {
        Ok(Self {
            database,
            hasher: PasswordHasher::new()?,
            mode,
            sign_in_limit,
            touching: Arc::new(Semaphore::new(1)),
        })
    }

    /// Whether a server could use this database. Changes nothing in it.
    ///
    /// # Errors
    /// [`OpenError`], saying why not.
    pub async fn check(url: &DatabaseUrl) -> Result<(), OpenError> {
        Database::check(url).await
    }

    /// Whether the database can be written to. It is, for a full disk shows itself in no other way.
    ///
    /// # Errors
    /// [`Error::Database`], saying why not.
    pub async fn ready(&self) -> Result<(), Error> {
        let now = self.database.now();
        let check = format!("UPDATE health SET checked_at = {now} / 1000000");
        sqlx::query(sqlx::AssertSqlSafe(check))
            .execute(&self.database.pool)
            .await?;
        Ok(())
    }

    /// The user with this email, for whoever runs the server.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn find(&self, email: &EmailAddress) -> Result<Option<User>, Error> {
        let found: Option<UserRow> = sqlx::query_as(concat!(
            "SELECT ",
            user_columns!(),
            " FROM users WHERE email = $1"
        ))
        .bind(email.as_str())
        .fetch_optional(&self.database.pool)
        .await?;
        found.map_or(Ok(None), |row| row.into_user(self.mode))
    }

    /// Puts a user on another plan and returns the user as now billed, or `None` if there is no
    /// such user. In the sandbox nobody pays, so what is chosen there counts for nothing with a
    /// real project.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub async fn change_billing(
        &self,
        user: &UserId,
        billing: &Billing,
    ) -> Result<Option<User>, Error> {
        // Only the commit says that what `RETURNING` hands out is on the disk.
        let mut transaction = self.database.begin().await?;
        let changed: Option<UserRow> = sqlx::query_as(concat!(
            r#"UPDATE users SET plan = $2, amount = $3, "interval" = $4, unpaid = $5
               WHERE id = $1 RETURNING "#,
            user_columns!()
        ))
        .bind(user.as_str())
        .bind(billing.plan.as_str())
        .bind(billing.amount_column())
        .bind(billing.interval.as_str())
        .bind(i64::from(self.mode == Mode::Sandbox))
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        changed.map_or(Ok(None), |row| row.into_user(self.mode))
    }

    /// Finishes what is being written and closes the database.
    pub async fn close(&self) {
        self.database.close().await;
    }
}
