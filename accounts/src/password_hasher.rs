//! Password hashing with argon2id, as many at once as there are cores.

use std::{sync::Arc, thread::available_parallelism, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{self, PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use crate::{Error, Password, token::random_hex};

/// How long a password waits for a free core before its owner is asked to come back.
const MAX_WAIT: Duration = Duration::from_secs(5);

/// Hashes and verifies passwords, off the async threads.
#[derive(Clone, Debug)]
pub(crate) struct PasswordHasher {
    cores: Arc<Semaphore>,
    /// A hash that no password matches. It is verified where there is no user, so that both answers
    /// take the same time.
    dummy_hash: Arc<str>,
}

/// The first choice of the OWASP Password Storage Cheat Sheet for argon2id: 19 MiB, 2 passes, 1
/// lane.
fn argon2id() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None)
        .expect("the parameters are constants within argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl PasswordHasher {
    pub(crate) fn new() -> Result<Self, Error> {
        Self::with_cores(available_parallelism().map_or(1, usize::from))
    }

    fn with_cores(cores: usize) -> Result<Self, Error> {
        let dummy_hash = argon2id().hash_password(random_hex::<32>()?.as_bytes())?;
        Ok(Self {
            cores: Arc::new(Semaphore::new(cores)),
            dummy_hash: dummy_hash.to_string().into(),
        })
    }

    /// Hashes a new password into a PHC string.
    pub(crate) async fn hash(&self, password: Password) -> Result<String, Error> {
        self.run(move || Ok(argon2id().hash_password(password.as_bytes())?.to_string()))
            .await
    }

    /// Whether `password` is the one that was hashed into `stored`. Without a stored hash the
    /// answer is no, and takes as long.
    pub(crate) async fn verify(
        &self,
        password: Password,
        stored: Option<&str>,
    ) -> Result<bool, Error> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or(&self.dummy_hash).to_owned();
        self.run(move || {
            let hash = PasswordHash::new(&stored).map_err(password_hash::Error::from)?;
            match argon2id().verify_password(password.as_bytes(), &hash) {
                Ok(()) => Ok(exists),
                Err(password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// The permit moves into the work. Hashing cannot be canceled, so a visitor who hangs up must
    /// not free a core that is still busy.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let permit = timeout(MAX_WAIT, Arc::clone(&self.cores).acquire_owned()).await;
        let permit = permit.map_err(|_| Error::Busy)?;
        spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        })
        .await?
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, time::Duration};

    use super::{MAX_WAIT, PasswordHasher};
    use crate::{Error, Password};

    fn password(text: &str) -> Password {
        Password::enter(text.to_owned()).unwrap()
    }

    #[tokio::test]
    async fn only_the_password_that_was_hashed_is_right() {
        let hasher = PasswordHasher::with_cores(1).unwrap();
        let hash = hasher.hash(password("correct horse")).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(
            hasher
                .verify(password("correct horse"), Some(&hash))
                .await
                .unwrap()
        );
        assert!(
            !hasher
                .verify(password("battery staple"), Some(&hash))
                .await
                .unwrap()
        );
        assert!(
            !hasher
                .verify(password("correct horse"), None)
                .await
                .unwrap()
        );
        let unreadable = hasher
            .verify(password("correct horse"), Some("plain"))
            .await;
        assert!(matches!(unreadable, Err(Error::Hashing(_))));
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_too_long_is_asked_to_come_back_and_a_hang_up_frees_no_core() {
        let hasher = PasswordHasher::with_cores(1).unwrap();
        let (finish, finished) = mpsc::channel::<()>();
        let busy = tokio::spawn({
            let hasher = hasher.clone();
            async move { hasher.run(move || Ok(finished.recv())).await }
        });
        while hasher.cores.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        busy.abort();
        assert!(busy.await.unwrap_err().is_cancelled());

        let waiting = tokio::spawn({
            let hasher = hasher.clone();
            async move { hasher.hash(password("correct horse")).await }
        });
        tokio::task::yield_now().await;
        tokio::time::advance(MAX_WAIT - Duration::from_secs(1)).await;
        assert!(!waiting.is_finished());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(matches!(waiting.await.unwrap(), Err(Error::Busy)));
        finish.send(()).unwrap();
        tokio::time::resume();
        assert!(hasher.hash(password("correct horse")).await.is_ok());
    }
}
