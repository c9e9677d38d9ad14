//! How much of a processor a process took, as Linux counts it.

use std::{fs, ops::Sub, path::Path, time::Duration};

use super::Cluster;

/// Time on a processor.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cpu {
    /// Of the process and of all that it started and waited for.
    pub(crate) all: Duration,
    /// Of its threads that hash passwords.
    pub(crate) hashing: Duration,
}

impl Cpu {
    /// Of both servers, the database and nginx.
    pub(crate) fn of_parts(cluster: &Cluster) -> [Self; 4] {
        let [a, b] = cluster.servers().map(|server| Self::of(server.id()));
        let postmaster = "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)";
        let postmaster = cluster.postgres.administer("postgres", postmaster).unwrap();
        let nginx = fs::read_to_string(cluster.guide.path("/run/nginx.pid")).unwrap();
        let [database, nginx] =
            [postmaster, nginx].map(|id| Self::of_family(id.trim().parse().unwrap()));
        [a, b, database, nginx]
    }

    /// Of a process with threads.
    fn of(process: u32) -> Self {
        let threads = stats(&format!("/proc/{process}/task"));
        let hashing = threads.filter(|stat| stat.name == "hashing");
        Self {
            all: stat(Path::new(&format!("/proc/{process}"))).unwrap().time,
            hashing: hashing.map(|stat| stat.time).sum(),
        }
    }

    /// Of a process and the processes that it started.
    fn of_family(process: u32) -> Self {
        let running = stats("/proc").filter(|stat| stat.parent == process);
        let running: Duration = running.map(|stat| stat.time).sum();
        let mut cpu = Self::of(process);
        cpu.all += running;
        cpu
    }
}

impl Sub for Cpu {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self {
            all: self.all.saturating_sub(before.all),
            hashing: self.hashing.saturating_sub(before.hashing),
        }
    }
}

/// A process or a thread.
struct Stat {
    name: String,
    parent: u32,
    time: Duration,
}

fn stats(folder: &str) -> impl Iterator<Item = Stat> + use<> {
    let entries = fs::read_dir(folder).unwrap();
    // One may end while others are read.
    entries.filter_map(|entry| stat(&entry.unwrap().path()))
}

/// What `stat` in there says, in the order of proc(5).
fn stat(folder: &Path) -> Option<Stat> {
    let text = fs::read_to_string(folder.join("stat")).ok()?;
    let (before, after) = text.rsplit_once(')')?;
    let (_, name) = before.split_once('(')?;
    let fields: Vec<&str> = after.split_whitespace().collect();
    // utime, stime, cutime and cstime, in hundredths of a second on every Linux.
    let ticks = fields[11..15].iter().map(|ticks| ticks.parse::<u64>());
    let ticks: u64 = ticks.map(|ticks| ticks.unwrap_or_default()).sum();
    Some(Stat {
        name: name.to_owned(),
        parent: fields[1].parse().ok()?,
        time: Duration::from_millis(10 * ticks),
    })
}
