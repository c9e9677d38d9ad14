//! Databases for tests: a file, or a real PostgreSQL in a folder of its own on a free port, gone with
//! who started it.
#![forbid(unsafe_code)]

mod place;
mod programs;

use std::{
    io::{self, Write as _},
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

pub use place::TestDatabase;
use programs::Programs;

/// How long it may take to start or to stop. Only one that fails takes this long.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is asked whether it has.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Runs the server, `"$@"`, until it is told a signal to end it with. Where nobody is left to tell it
/// one, its folder, `$0`, goes too: a test process ends without a word to its statics.
const KEEPER: &str = r#"
"$@" &
read -r signal
kill "-${signal:-INT}" $!
wait $!
[ -n "$signal" ] || rm -rf "$0"
"#;

/// Why there is no PostgreSQL to test with.
#[derive(Debug, thiserror::Error)]
pub enum NoPostgres {
    /// It is not installed.
    #[error(
        "PostgreSQL is not installed: `apt-get install postgresql`, or whatever brings `initdb` here"
    )]
    NotInstalled,
    /// A program of it did not do its work.
    #[error("{program}: {reason}")]
    Failed {
        /// Which.
        program: String,
        /// What it said.
        reason: String,
    },
    /// It did not come up, or not go down.
    #[error("PostgreSQL did not {0} within a minute")]
    TooSlow(&'static str),
    /// The system refused something.
    #[error(transparent)]
    System(#[from] io::Error),
}

/// A running server, or one that was stopped to be started again.
#[derive(Debug)]
pub struct Postgres {
    programs: Programs,
    folder: String,
    port: u16,
    keeper: Option<Child>,
}

/// Where one database is, on the server that all tests of a process share.
///
/// # Panics
/// With the reason why there is none: without it the test has nothing to show.
#[must_use]
fn fresh_database() -> String {
    static SHARED: LazyLock<Postgres> = LazyLock::new(|| match Postgres::start() {
        Ok(postgres) => postgres,
        Err(reason) => panic!("{reason}"),
    });
    match SHARED.create_database() {
        Ok(url) => url,
        Err(reason) => panic!("{reason}"),
    }
}

/// All that is in the database at `url`, as text.
///
/// # Panics
/// With the reason why it cannot be had.
#[must_use]
fn dump(url: &str) -> String {
    let dumped = Programs::find().and_then(|programs| programs.run("pg_dump", &[url]));
    let dumped = dumped.unwrap_or_else(|reason| panic!("{reason}"));
    // Newer versions open and close with a word made up on the spot.
    let is_data =
        |line: &&str| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict");
    dumped
        .lines()
        .filter(is_data)
        .collect::<Vec<_>>()
        .join("\n")
}

impl Postgres {
    /// Makes a server and starts it.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn start() -> Result<Self, NoPostgres> {
        let programs = Programs::find()?;
        let folder = programs.make_folder()?;
        programs.run(
            "initdb",
            &[
                "--pgdata",
                &folder,
                "--auth=trust",
                "--username=postgres",
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C",
            ],
        )?;
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut postgres = Self {
            programs,
            folder,
            port,
            keeper: None,
        };
        postgres.resume()?;
        Ok(postgres)
    }

    /// Makes a database and returns its URL.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn create_database(&self) -> Result<String, NoPostgres> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test{}", NUMBER.fetch_add(1, Relaxed));
        let at = format!("postgres://postgres@127.0.0.1:{}", self.port);
        self.programs.run(
            "createdb",
            &["--maintenance-db", &format!("{at}/postgres"), &name],
        )?;
        Ok(format!("{at}/{name}"))
    }

    /// Stops it the way a service manager does: connections are cut, nothing is lost.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn stop(&mut self) -> Result<(), NoPostgres> {
        self.end("INT\n")
    }

    /// Ends it and all its processes at once: what it knew beyond its log is lost.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn crash(&mut self) -> Result<(), NoPostgres> {
        self.end("QUIT\n")
    }

    fn end(&mut self, signal: &str) -> Result<(), NoPostgres> {
        let Some(mut keeper) = self.keeper.take() else {
            return Ok(());
        };
        if let Some(mut told) = keeper.stdin.take() {
            told.write_all(signal.as_bytes())?;
        }
        wait("stop", || Ok(keeper.try_wait()?.is_some()))
    }

    /// Starts a server that is stopped.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn resume(&mut self) -> Result<(), NoPostgres> {
        let port = self.port.to_string();
        let server = self.programs.command("postgres");
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, &self.folder]);
        keeper.arg(server.get_program()).args(server.get_args());
        keeper.args(["-D", &self.folder, "-p", &port]);
        // A machine that loses its power is none of the things that are tried here.
        keeper.args(["-c", "fsync=off"]);
        keeper.args(["-c", "listen_addresses=127.0.0.1"]);
        keeper.args(["-c", "unix_socket_directories="]);
        keeper.args(["-c", "max_connections=500"]);
        keeper.stdin(Stdio::piped()).stdout(Stdio::null());
        self.keeper = Some(keeper.stderr(Stdio::null()).spawn()?);
        let question = ["-h", "127.0.0.1", "-p", &port];
        wait("start", || {
            Ok(self.programs.run("pg_isready", &question).is_ok())
        })
    }
}

/// Asks until it is so.
fn wait(
    until: &'static str,
    mut is_so: impl FnMut() -> Result<bool, NoPostgres>,
) -> Result<(), NoPostgres> {
    let began = Instant::now();
    while !is_so()? {
        if began.elapsed() > PATIENCE {
            return Err(NoPostgres::TooSlow(until));
        }
        thread::sleep(BETWEEN_LOOKS);
    }
    Ok(())
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            drop(keeper.stdin.take());
            // Whoever is not ended by this is not ended by anything said here.
            drop(keeper.wait());
        }
    }
}
