//! What every test needs: two servers of the release build behind nginx, as docs/deploy.md sets
//! them up, on a PostgreSQL of its own, and people who use them.

#[path = "../../support/answer.rs"]
mod answer;
#[path = "../../../../docs/tests/guides/block.rs"]
mod block;
mod cluster;
mod cpu;
#[path = "../../support/dist.rs"]
mod dist;
mod guide;
mod load;
mod memory;
mod nginx;
mod person;
#[path = "../../support/process.rs"]
mod process;
mod release;
mod server;
#[path = "../../support/token.rs"]
mod token;

use std::time::Duration;

pub(crate) use answer::Answer;
pub(crate) use cluster::{Cluster, NO_SANDBOX, SANDBOX};
pub(crate) use cpu::Cpu;
pub(crate) use dist::Dist;
pub(crate) use guide::{Guide, steps, text};
pub(crate) use load::Load;
pub(crate) use person::Person;
pub(crate) use process::Process;
pub(crate) use token::{claims, verify};

/// How long a test waits for something that must happen. Only one that fails waits this long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// What "at once" means on a machine that has other things to do.
pub(crate) const AT_ONCE: Duration = Duration::from_secs(2);

/// What people sign up with.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Asks until the answer is yes.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let asking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, asking).await;
    waited.unwrap_or_else(|_| panic!("{what} did not happen"));
}

/// 503, with the number of seconds after which to come back.
#[track_caller]
pub(crate) fn is_not_now(answer: &Answer) {
    assert_eq!(
        answer.error(),
        (503, "unavailable".into()),
        "{}",
        answer.text()
    );
    assert_eq!(answer.header("retry-after"), Some("5"));
}
