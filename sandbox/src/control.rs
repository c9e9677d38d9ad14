//! What a test does with a sandbox: puts it where it wants it, and asks what it has seen.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

use crate::{
    Faults, Hold, Requester, RequesterQuery, Sandbox, Seed, Verdict, VerdictQuery, service::Pulse,
};

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
        let mut patience = self.patience(query.wait);
        loop {
            let seen = self.store.verdicts(query).await?;
            if !seen.is_empty() || !patience.until_a_change().await {
                return Ok(seen);
            }
        }
    }

    /// The requesters asked for, the most valuable first; none once the wait is over.
    ///
    /// # Errors
    /// That of a database that fails.
    pub async fn requesters(&self, query: &RequesterQuery) -> Result<Vec<Requester>, sqlx::Error> {
        let mut patience = self.patience(query.wait);
        loop {
            let seen = self.store.requesters(query).await?;
            if !seen.is_empty() || !patience.until_a_change().await {
                return Ok(seen);
            }
        }
    }

    fn patience(&self, wait: Hold) -> Patience {
        Patience {
            pulse: self.pulse(),
            end: Instant::now() + wait.duration(),
        }
    }

    /// Waits as long as the faults played now ask for, until others take their place, or until the
    /// server closes.
    pub(crate) async fn hold(&self, hold: impl Fn(&Faults) -> Hold) {
        let mut pulse = self.pulse();
        let Pulse { faults, .. } = *pulse.borrow_and_update();
        let wait: Duration = hold(&faults).duration();
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            _ = pulse.wait_for(|pulse| pulse.closing || pulse.faults != faults) => {}
        }
    }
}

/// The patience of one who waits for something to be seen.
struct Patience {
    pulse: watch::Receiver<Pulse>,
    end: Instant,
}

impl Patience {
    /// Completes with the next change since the last, true; or false once the wait is over, or the
    /// server closes.
    async fn until_a_change(&mut self) -> bool {
        if self.pulse.borrow().closing {
            return false;
        }
        let changed = timeout_at(self.end, self.pulse.changed()).await;
        matches!(changed, Ok(Ok(()))) && !self.pulse.borrow().closing
    }
}
