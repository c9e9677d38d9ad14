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
#[cfg(test)]
mod tests;

/// How long a password waits for a free core before its owner is asked to come back.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Whose password it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Somebody who is signed in, or who got in from the same network lately.
    Known,
    /// Anybody else.
    Stranger,
}

/// Hashes passwords with argon2id, as many at once as there are cores.
///
/// Strangers wait for each other first, so that however many come, whoever is known waits for the
/// hashes under way and for nobody's turn.
#[derive(Clone, Debug)]
pub(crate) struct PasswordHasher {
    cores: Arc<Semaphore>,
    /// As many as `cores`: a stranger holds one of each.
    strangers: Arc<Semaphore>,
    threads: HashingThreads,
    /// A hash that no password matches, verified where there is no user: both answers take the same
    /// time.
    nobody: Arc<str>,
}

/// What is held while hashing.
type Turn = (Option<OwnedSemaphorePermit>, OwnedSemaphorePermit);

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
        Self::with_cores(available_parallelism().map_or(1, usize::from))
    }

    fn with_cores(cores: usize) -> Result<Self, Error> {
        let nobody = argon2id().hash_password(crate::hex::random::<32>()?.as_bytes())?;
        let threads = HashingThreads::start(cores)?;
        Ok(Self {
            cores: Arc::new(Semaphore::new(cores)),
            strangers: Arc::new(Semaphore::new(cores)),
            threads,
            nobody: nobody.to_string().into(),
        })
    }

    /// Hashes a new password, into PHC string form.
    pub(crate) async fn hash(
        &self,
        password: Password,
        standing: Standing,
    ) -> Result<String, Error> {
        self.on_a_core(standing, move || {
            Ok(argon2id().hash_password(password.as_bytes())?.to_string())
        })
        .await
    }

    /// Whether `password` is the one that was hashed into `stored`. Without a stored hash the
    /// answer is wrong, and takes as long.
    pub(crate) async fn verify(
        &self,
        password: Password,
        stored: Option<String>,
        standing: Standing,
    ) -> Result<Verdict, Error> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        self.on_a_core(standing, move || {
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

    /// Runs `work` off the async threads. The turn moves into it: hashing cannot be cancelled, so a
    /// visitor who hangs up must not free a core that is still busy.
    async fn on_a_core<T: Send + 'static>(
        &self,
        standing: Standing,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let turn = tokio::time::timeout(LONGEST_WAIT, self.turn(standing))
            .await
            .map_err(|_| Error::Busy)??;
        let (answer, answered) = oneshot::channel();
        self.threads.run(move || {
            let result = work();
            drop(turn);
            // Whoever asked may have hung up.
            drop(answer.send(result));
        });
        answered.await.map_err(|_| Error::Interrupted)?
    }

    /// Waits for a core: first come, first served among those of the same standing.
    async fn turn(&self, standing: Standing) -> Result<Turn, Error> {
        let queue = |semaphore: &Arc<Semaphore>| Arc::clone(semaphore).acquire_owned();
        let among_strangers = match standing {
            Standing::Stranger => Some(queue(&self.strangers).await.map_err(|_| Error::Busy)?),
            Standing::Known => None,
        };
        let core = queue(&self.cores).await.map_err(|_| Error::Busy)?;
        Ok((among_strangers, core))
    }
}
