//! Threads that do nothing but hash, one a core.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

type Work = Box<dyn FnOnce() + Send>;

/// Threads of our own and not the runtime's: allocators keep a hash's 19 MiB for the thread that
/// asked for them, and the runtime has many threads that take turns. Ten minutes of sign-ins left
/// 600 MB behind that way.
#[derive(Clone, Debug)]
pub(crate) struct HashingThreads(Sender<Work>);

impl HashingThreads {
    /// Starts as many as that. They end with the last clone of the handle.
    pub(crate) fn start(number: usize) -> io::Result<Self> {
        let (sender, receiver) = channel();
        let receiver = Arc::new(Mutex::new(receiver));
        for _ in 0..number {
            let receiver = Arc::clone(&receiver);
            thread::Builder::new()
                .name("hashing".to_owned())
                .spawn(move || {
                    give_way();
                    while work(&receiver).is_some() {}
                })?;
        }
        Ok(Self(sender))
    }

    /// Has `work` done as soon as a thread is free.
    pub(crate) fn run(&self, work: impl FnOnce() + Send + 'static) {
        drop(self.0.send(Box::new(work)));
    }
}

/// From here on this thread waits for the others of this machine where they want the same core, and
/// still gets a tenth of it: whoever only asks for a token feels no storm of sign-ins.
fn give_way() {
    // On Linux alone this is said of a thread and not of the whole process.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(10) {
        tracing::warn!(%error, "hashing has the priority of everything else");
    }
}

/// Waits for one piece of work and does it. A panic in it was logged and ends nothing but that
/// piece.
fn work(receiver: &Mutex<Receiver<Work>>) -> Option<()> {
    let work = receiver
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .recv()
        .ok()?;
    drop(catch_unwind(AssertUnwindSafe(work)));
    Some(())
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, sync::mpsc::channel, thread};

    use super::HashingThreads;

    #[test]
    fn all_work_is_done_by_the_same_few_threads_even_after_a_panic() {
        let threads = HashingThreads::start(2).unwrap();
        let (sender, done) = channel();
        threads.run(|| panic!("one piece of work fails"));
        for _ in 0..100 {
            let sender = sender.clone();
            threads.run(move || sender.send(thread::current().id()).unwrap());
        }
        drop(sender);
        let ids: Vec<_> = done.iter().collect();
        assert_eq!(ids.len(), 100);
        assert!(ids.into_iter().collect::<HashSet<_>>().len() <= 2);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn hashing_gives_way_to_every_other_thread() {
        /// The 17th word after the name, which is in parentheses: proc_pid_stat(5).
        fn niceness() -> i32 {
            let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
            let (_name, words) = stat.rsplit_once(") ").unwrap();
            words.split(' ').nth(16).unwrap().parse().unwrap()
        }
        let before = niceness();
        let (sender, done) = channel();
        HashingThreads::start(1)
            .unwrap()
            .run(move || sender.send(niceness()).unwrap());
        assert_eq!(done.recv().unwrap(), (before + 10).min(19));
        assert_eq!(niceness(), before);
    }
}
