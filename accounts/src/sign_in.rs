//! Signing in: an email and a password for a new session.

use std::{net::IpAddr, time::SystemTime};

use sqlx::{Any, Transaction};

use crate::{
    Accounts, DeviceToken, EmailAddress, Error, Password, SessionToken, User, UserId,
    rate_limit::{self, RateLimit},
    session::{self, seconds},
    user::{UserRow, user_columns},
};

/// How many browsers are remembered for one account, those used last.
const MAX_DEVICES: i64 = 10;

/// What a request says of where it comes from.
#[derive(Clone, Debug)]
pub struct Client {
    /// The client's address.
    pub ip: IpAddr,
    /// The token in its device cookie, if it has one.
    pub device: Option<DeviceToken>,
    /// The session it has now, which a sign-in replaces.
    pub session: Option<SessionToken>,
}

/// A user who has just signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who it is.
    pub user: User,
    /// For the session cookie.
    pub session: SessionToken,
    /// For the device cookie.
    pub device: DeviceToken,
}

#[derive(sqlx::FromRow)]
struct CredentialsRow {
    #[sqlx(flatten)]
    user: UserRow,
    password_hash: String,
    /// Whether the browser has signed in to this account before: 0 or 1.
    known_device: i64,
}

impl Accounts {
    /// Signs a user in at `now`, in a new session that replaces the one the client had.
    ///
    /// An unknown email and a wrong password give the same answer in the same time. The attempt
    /// counts, whether it succeeds or not.
    ///
    /// # Errors
    /// [`Error::InvalidCredentials`], [`Error::TooManyAttempts`], or [`Error::Busy`] when too many
    /// are signing in at once.
    pub async fn sign_in(
        &self,
        email: &EmailAddress,
        password: Password,
        client: &Client,
        now: SystemTime,
    ) -> Result<SignedIn, Error> {
        let row: Option<CredentialsRow> = sqlx::query_as(concat!(
            "SELECT ",
            user_columns!(),
            ", password_hash, (SELECT count(*) FROM devices
               WHERE devices.user_id = users.id AND token_hash = $2) AS known_device
             FROM users WHERE email = $1"
        ))
        .bind(email.as_str())
        .bind(client.device.as_ref().map(DeviceToken::hash))
        .fetch_optional(&self.database.pool)
        .await?;
        let known_device = client
            .device
            .as_ref()
            .filter(|_| row.as_ref().is_some_and(|row| row.known_device > 0));
        let limits = RateLimit::sign_in(self.sign_in_limit, email, client.ip, known_device);
        rate_limit::count(&self.database, &limits).await?;

        let (user, password_hash) = match row {
            Some(row) => (row.user.into_user(self.mode)?, Some(row.password_hash)),
            None => (None, None),
        };
        let is_right = self
            .hasher
            .verify(password, password_hash.as_deref())
            .await?;
        let user = user.filter(|_| is_right).ok_or(Error::InvalidCredentials)?;

        let mut transaction = self.database.begin().await?;
        let signed_in = start_session(&mut transaction, user, client, now).await?;
        transaction.commit().await?;
        Ok(signed_in)
    }
}

/// Starts a session for `user`, and remembers the browser.
pub(crate) async fn start_session(
    transaction: &mut Transaction<'static, Any>,
    user: User,
    client: &Client,
    now: SystemTime,
) -> Result<SignedIn, Error> {
    let session = session::start(transaction, &user.id, client.session.as_ref(), now).await?;
    let device = match &client.device {
        Some(device) => device.clone(),
        None => DeviceToken::random()?,
    };
    remember(transaction, &device, &user.id, now).await?;
    Ok(SignedIn {
        user,
        session,
        device,
    })
}

/// Remembers that `device` has signed in to the account of `user`, and forgets the browser that was
/// unused for longest if there are too many.
async fn remember(
    transaction: &mut Transaction<'static, Any>,
    device: &DeviceToken,
    user: &UserId,
    now: SystemTime,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO devices (token_hash, user_id, last_seen_at) VALUES ($1, $2, $3)
         ON CONFLICT (token_hash, user_id) DO UPDATE SET last_seen_at = excluded.last_seen_at",
    )
    .bind(device.hash())
    .bind(user.as_str())
    .bind(seconds(now))
    .execute(&mut **transaction)
    .await?;
    sqlx::query(
        "DELETE FROM devices WHERE user_id = $1 AND token_hash NOT IN
         (SELECT token_hash FROM devices WHERE user_id = $1 ORDER BY last_seen_at DESC LIMIT $2)",
    )
    .bind(user.as_str())
    .bind(MAX_DEVICES)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
