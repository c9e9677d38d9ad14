//! Password hashing that a crowd at the door cannot turn against the server.

use std::{sync::Arc, thread::available_parallelism, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{self, PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::{Error, Password, hashing_threads::HashingThreads};

#[cfg(test)]
mod nobody;

/// How long a password waits for a free core before its owner is asked to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Hashes passwords with argon2id, as many at once as there are cores.
#[derive(Clone, Debug)]
pub(crate) struct PasswordHasher {
    cores: Arc<Semaphore>,
    threads: HashingThreads,
    /// A hash that no password matches, verified where there is no user: both answers take the same
    /// time.
    nobody: Arc<str>,
}

/// What verifying a password found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Wrong,
    Right,
    /// Right, but stored with weaker parameters than today's: hash it anew.
    RightButOutdated,
}

/// The first choice of the OWASP Password Storage Cheat Sheet for argon2id: 19 MiB, 2 passes, 1
/// lane.
fn argon2id() -> Argon2<'static> {
    // The length has to be named: a stored hash tells its own, and the two are compared.
    let length = Some(Params::DEFAULT_OUTPUT_LEN);
    let params = Params::new(19 * 1024, 2, 1, length)
        .expect("the parameters are constants within argon2's limits");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

impl PasswordHasher {
    pub(crate) fn new() -> Result<Self, Error> {
        let nobody = argon2id().hash_password(crate::hex::random::<32>()?.as_bytes())?;
        let cores = available_parallelism().map_or(1, usize::from);
        let threads = HashingThreads::start(cores)?;
        Ok(Self {
            cores: Arc::new(Semaphore::new(cores)),
            threads,
            nobody: nobody.to_string().into(),
        })
    }

    /// Hashes a new password, into PHC string form.
    pub(crate) async fn hash(&self, password: Password) -> Result<String, Error> {
        self.on_a_core(move || Ok(argon2id().hash_password(password.as_bytes())?.to_string()))
            .await
    }

    /// Whether `password` is the one that was hashed into `stored`. Without a stored hash the
    /// answer is wrong, and takes as long.
    pub(crate) async fn verify(
        &self,
        password: Password,
        stored: Option<String>,
    ) -> Result<Verdict, Error> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        self.on_a_core(move || {
            let hash = PasswordHash::new(&stored).map_err(password_hash::Error::from)?;
            match argon2id().verify_password(password.as_bytes(), &hash) {
                Ok(()) if !known => Ok(Verdict::Wrong),
                Ok(()) if Params::try_from(&hash).ok().as_ref() == Some(argon2id().params()) => {
                    Ok(Verdict::Right)
                }
                Ok(()) => Ok(Verdict::RightButOutdated),
                Err(password_hash::Error::PasswordInvalid) => Ok(Verdict::Wrong),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Runs `work` off the async threads. The permit moves into it: hashing cannot be cancelled, so
    /// a visitor who hangs up must not free a core that is still busy.
    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let permit: OwnedSemaphorePermit =
            tokio::time::timeout(LONGEST_WAIT, Arc::clone(&self.cores).acquire_owned())
                .await
                .map_err(|_| Error::Busy)?
                .map_err(|_| Error::Busy)?;
        let (answer, answered) = oneshot::channel();
        self.threads.run(move || {
            let result = work();
            drop(permit);
            // Whoever asked may have hung up.
            drop(answer.send(result));
        });
        answered.await.map_err(|_| Error::Interrupted)?
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use argon2::{Argon2, Params, password_hash::PasswordHasher as _};

    use super::{PasswordHasher, Verdict};
    use crate::Password;

    fn password(text: &str) -> Password {
        Password::enter(text.to_owned()).unwrap()
    }

    #[tokio::test]
    async fn hashes_carry_the_parameters_owasp_recommends() {
        let hash = PasswordHasher::new()
            .unwrap()
            .hash(password("correct horse"))
            .await
            .unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
    }

    #[tokio::test]
    async fn a_password_with_unknown_owner_is_wrong() {
        let hasher = PasswordHasher::new().unwrap();
        assert_eq!(
            hasher.verify(password("anything"), None).await.unwrap(),
            Verdict::Wrong
        );
    }

    #[tokio::test]
    async fn a_hash_made_today_is_not_outdated() {
        let hasher = PasswordHasher::new().unwrap();
        let stored = hasher.hash(password("correct horse")).await.unwrap();
        assert_eq!(
            hasher
                .verify(password("correct horse"), Some(stored))
                .await
                .unwrap(),
            Verdict::Right
        );
    }

    #[tokio::test]
    async fn a_hash_made_with_weaker_parameters_still_opens_and_says_so() {
        let weak = Argon2::from(Params::new(8 * 1024, 1, 1, None).unwrap());
        let stored = weak.hash_password(b"correct horse").unwrap().to_string();
        let hasher = PasswordHasher::new().unwrap();
        assert_eq!(
            hasher
                .verify(password("correct horse"), Some(stored.clone()))
                .await
                .unwrap(),
            Verdict::RightButOutdated
        );
        assert_eq!(
            hasher
                .verify(password("another"), Some(stored))
                .await
                .unwrap(),
            Verdict::Wrong
        );
    }

    #[tokio::test]
    async fn a_visitor_who_hangs_up_does_not_free_a_busy_core() {
        let hasher = PasswordHasher::new().unwrap();
        let cores = hasher.cores.available_permits();
        let (release, blocked) = std::sync::mpsc::channel::<()>();
        let (started, running) = std::sync::mpsc::channel::<()>();
        let visit = tokio::spawn({
            let hasher = hasher.clone();
            async move {
                hasher
                    .on_a_core(move || {
                        started.send(()).unwrap();
                        blocked.recv().unwrap();
                        Ok(())
                    })
                    .await
            }
        });
        tokio::task::spawn_blocking(move || running.recv().unwrap())
            .await
            .unwrap();
        visit.abort();
        assert!(visit.await.unwrap_err().is_cancelled());
        assert_eq!(hasher.cores.available_permits(), cores - 1);
        release.send(()).unwrap();
        let all = Arc::clone(&hasher.cores).acquire_many_owned(u32::try_from(cores).unwrap());
        drop(
            tokio::time::timeout(Duration::from_secs(10), all)
                .await
                .unwrap()
                .unwrap(),
        );
    }
}
