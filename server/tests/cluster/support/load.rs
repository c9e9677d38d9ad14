//! Many people at work, and what each was told has happened.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use tokio::task::JoinHandle;

use super::{Person, memory::Memory, until};

const PEOPLE: u8 = 8;

/// People who sign in and out, change plans and ask for tokens until they are told to stop.
pub(crate) struct Load {
    tally: Arc<Tally>,
    people: Vec<JoinHandle<Memory>>,
}

/// What came of all of it.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) stop: AtomicBool,
    pub(super) done: AtomicUsize,
    pub(super) refused: AtomicUsize,
    pub(super) cut: AtomicUsize,
    pub(super) slowest_refusal: Mutex<Duration>,
}

/// What is left once the load has stopped.
pub(crate) struct Outcome {
    pub(crate) done: usize,
    pub(crate) refused: usize,
    pub(crate) cut: usize,
    pub(crate) slowest_refusal: Duration,
    memories: Vec<Memory>,
}

impl Load {
    /// Signs everybody up at `door` and lets them begin.
    pub(crate) async fn start(door: &str) -> Self {
        let tally = Arc::new(Tally::default());
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let mut person = Person::new(&format!("load{number}@example.com"), 100 + number);
            assert_eq!(person.sign_up(door).await.status, 200);
            let memory = Memory::new(person);
            people.push(tokio::spawn(
                memory.live(door.to_owned(), Arc::clone(&tally)),
            ));
        }
        let load = Self { tally, people };
        load.goes_on().await;
        load
    }

    /// Waits until a good deal more has been done.
    pub(crate) async fn goes_on(&self) {
        let before = self.tally.done.load(Relaxed);
        let enough = before + 10 * usize::from(PEOPLE);
        until("that work goes on", async || {
            self.tally.done.load(Relaxed) >= enough
        })
        .await;
    }

    /// Waits until a good deal has been refused or cut off.
    pub(crate) async fn suffers(&self) {
        let failed = || self.tally.refused.load(Relaxed) + self.tally.cut.load(Relaxed);
        let enough = failed() + usize::from(PEOPLE);
        until("that errors are seen", async || failed() >= enough).await;
    }

    /// Lets everybody come to the end of what they are doing.
    pub(crate) async fn stop(self) -> Outcome {
        self.tally.stop.store(true, Relaxed);
        let mut memories = Vec::new();
        for person in self.people {
            memories.push(person.await.unwrap());
        }
        Outcome {
            done: self.tally.done.load(Relaxed),
            refused: self.tally.refused.load(Relaxed),
            cut: self.tally.cut.load(Relaxed),
            slowest_refusal: *self.tally.slowest_refusal.lock().unwrap(),
            memories,
        }
    }
}

impl Outcome {
    /// Nothing that was acknowledged is lost, as each of `origins` sees it.
    pub(crate) async fn lost_nothing(self, origins: [&str; 2]) {
        for memory in self.memories {
            memory.lost_nothing(origins).await;
        }
    }

    /// Everybody got everything, at once.
    #[track_caller]
    pub(crate) fn is_undisturbed(&self) {
        let failed = (self.refused, self.cut);
        assert_eq!(
            failed,
            (0, 0),
            "refused and cut off, beside {} done",
            self.done
        );
    }
}
