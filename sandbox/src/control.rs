//! What a test does with a sandbox: puts it where it wants it, and asks what it has seen.

use std::pin::pin;
use std::time::Duration;

use tokio::time::sleep;

use crate::service::Pulse;
use crate::{Faults, Requester, RequesterQuery, Sandbox, Seed, Verdict, VerdictQuery};

impl Sandbox {
    /// Puts everything back to the start: the seed's backlog, no verdicts, no faults, and the clock
    /// unmoved.
    ///
    /// # Errors
    /// That of a database that fails.
    pub async fn reset(&self) -> Result<(), sqlx::Error> {
        self.config.clock.set_offset(0);
        self.play(Faults::default());
        let seed = self.seed.lock().await;
        self.store.reset(&seed, self.now()).await?;
        self.changed();
        Ok(())
    }

    /// Takes `seed` in place of the one it has, and starts over with it.
    ///
    /// # Errors
    /// That of a database that fails.
    pub async fn sow(&self, seed: Seed) -> Result<(), sqlx::Error> {
        *self.seed.lock().await = seed;
        self.reset().await
    }

    /// Moves the clock: it is `offset` seconds ahead of where it would be, or behind.
    pub fn clock(&self, offset: i64) {
        self.config.clock.set_offset(offset);
        self.changed();
    }

    /// Plays these faults in place of those before. What those held goes on at once.
    pub fn play(&self, faults: Faults) {
        self.pulse.send_modify(|pulse| pulse.faults = faults);
    }

    /// The verdicts asked for, the newest first; none once the wait is over.
    ///
    /// # Errors
    /// That of a database that fails.
    pub async fn verdicts(&self, query: &VerdictQuery) -> Result<Vec<Verdict>, sqlx::Error> {
        let ask = || self.store.verdicts(query);
        self.until_something(query.wait, ask).await
    }

    /// The requesters asked for, the most valuable first; none once the wait is over.
    ///
    /// # Errors
    /// That of a database that fails.
    pub async fn requesters(&self, query: &RequesterQuery) -> Result<Vec<Requester>, sqlx::Error> {
        let ask = || self.store.requesters(query);
        self.until_something(query.wait, ask).await
    }

    /// Asks again after every change until something is seen, the wait is over or the server
    /// closes.
    async fn until_something<T, Answer>(
        &self,
        wait: Duration,
        ask: impl Fn() -> Answer,
    ) -> Result<Vec<T>, sqlx::Error>
    where
        Answer: Future<Output = Result<Vec<T>, sqlx::Error>>,
    {
        let mut pulse = self.pulse();
        let mut end = pin!(sleep(wait));
        loop {
            let seen = ask().await?;
            if !seen.is_empty() || pulse.borrow().closing {
                return Ok(seen);
            }
            tokio::select! {
                _ = pulse.changed() => {}
                () = &mut end => return Ok(seen),
            }
        }
    }

    /// Waits as long as the faults played now ask for, until others take their place, or until the
    /// server closes.
    pub(crate) async fn hold(&self, time: impl Fn(&Faults) -> Duration) {
        let mut pulse = self.pulse();
        let Pulse { faults, .. } = *pulse.borrow_and_update();
        tokio::select! {
            () = sleep(time(&faults)) => {}
            _ = pulse.wait_for(|pulse| pulse.closing || pulse.faults != faults) => {}
        }
    }
}
