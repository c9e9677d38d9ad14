//! The running sandbox: its handle, and what its requests share.

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, watch};
use tokio::time::sleep;

use crate::config::Config;
use crate::faults::Faults;
use crate::memory::{Memory, Requester, Verdict, VerdictQuery, cut};
use crate::seed::Seed;
use crate::token::{self, Claims, Refusal, Verifier};

/// How many pages can follow the backlog live, and tests wait for a verdict, at once.
const STREAMS: usize = 100;

/// A running sandbox. Clones are handles to the same one.
#[derive(Clone)]
pub struct Sandbox {
    pub(crate) config: Arc<Config>,
    memory: Arc<Mutex<Memory>>,
    pub(crate) streams: Arc<Semaphore>,
    pulse: watch::Sender<Pulse>,
}

/// What those who wait are told.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pulse {
    /// Grows with every change of what the pages show.
    pub(crate) revision: u64,
    /// What goes wrong on purpose.
    pub(crate) faults: Faults,
    /// Whether everything that waits should end, since the server is about to.
    pub(crate) closing: bool,
}

impl Sandbox {
    /// A sandbox with the backlog of its seed, which lasts as long as the process.
    #[must_use]
    pub fn new(config: Config) -> Self {
        let seed = config.seed.clone();
        let sandbox = Self {
            config: Arc::new(config),
            memory: Arc::default(),
            streams: Arc::new(Semaphore::new(STREAMS)),
            pulse: watch::Sender::default(),
        };
        sandbox.sow(seed);
        sandbox
    }

    /// Takes `seed` in place of the one it has, and starts over with it.
    pub fn sow(&self, seed: Seed) {
        self.memory().seed = seed;
        self.reset();
    }

    /// Back to the start: the seed's backlog, no verdicts, no faults, the clock unmoved.
    pub fn reset(&self) {
        self.config.clock.set_offset(0);
        self.play(Faults::default());
        self.memory().reset(self.now());
        self.changed();
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

    /// The newest 50 of the verdicts asked for, the newest first. Where there are none they are
    /// waited for as long as the query says; none come once the wait is over, or the server closes.
    pub async fn verdicts(&self, query: &VerdictQuery) -> Vec<Verdict> {
        let mut pulse = self.pulse();
        let mut end = pin!(sleep(query.wait));
        loop {
            let found = self.memory().verdicts.find(query);
            if !found.is_empty() || pulse.borrow().closing {
                return found;
            }
            tokio::select! {
                _ = pulse.changed() => {}
                () = &mut end => return found,
            }
        }
    }

    /// Everyone who was identified, the most valuable first.
    #[must_use]
    pub fn requesters(&self) -> Vec<Requester> {
        self.memory().visitors.requesters()
    }

    /// Ends the event streams and the waits, which a graceful shutdown would wait for.
    pub fn close(&self) {
        self.pulse.send_modify(|pulse| pulse.closing = true);
    }

    /// What is remembered. A panic leaves it whole: nothing there is done by halves.
    pub(crate) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the open pages that something they show has changed.
    pub(crate) fn changed(&self) {
        self.pulse.send_modify(|pulse| pulse.revision += 1);
    }

    pub(crate) fn pulse(&self) -> watch::Receiver<Pulse> {
        self.pulse.subscribe()
    }

    pub(crate) fn now(&self) -> i64 {
        self.config.clock.now()
    }

    /// A verdict of now, to be completed.
    pub(crate) fn verdict(&self) -> Verdict {
        let (decided_at, rest) = (self.now(), Verdict::default());
        Verdict { decided_at, ..rest }
    }

    /// Completes the verdict on a token, or on the lack of one.
    pub(crate) fn judge(
        &self,
        token: Result<&str, Refusal>,
        mut verdict: Verdict,
    ) -> (Verdict, Result<Claims, Refusal>) {
        verdict.token_id = Some(token::id(token.as_ref().unwrap_or(&"")));
        let outcome = token.and_then(|token| {
            let judgement = Verifier::from(&*self.config).judge(token, verdict.decided_at);
            verdict.header = cut(judgement.header.as_ref());
            verdict.claims = cut(judgement.claims.as_ref());
            judgement.outcome
        });
        match &outcome {
            Ok(claims) => {
                verdict.accepted = true;
                verdict.message = claims.summary(&self.config.currency);
                verdict.who = Some(claims.subject.clone());
            }
            Err(Refusal { code, message }) => {
                verdict.code = Some(code.as_str().to_owned());
                verdict.message.clone_from(message);
            }
        }
        (verdict, outcome)
    }

    /// Waits as long as the faults played now ask for, until others take their place, or until the
    /// server closes.
    pub(crate) async fn hold(&self, time: impl Fn(&Faults) -> Duration) {
        let mut pulse = self.pulse();
        let Pulse { faults, .. } = *pulse.borrow_and_update();
        let _over = tokio::time::timeout(
            time(&faults),
            pulse.wait_for(|pulse| pulse.closing || pulse.faults != faults),
        )
        .await;
    }
}
