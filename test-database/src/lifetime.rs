//! How a PostgreSQL is started, stopped and crashed, and that none outlives its tests.

use std::{
    io::Write as _,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{NoPostgres, Postgres};

/// How long it may take to start or to stop. Only one that fails takes this long.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is asked whether it has.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Runs the server, `"$@"`, until it is told a signal to end it with. Where nobody is left to tell
/// it one, its folder, `$0`, goes too: a test process ends without a word to its statics.
const KEEPER: &str = r#"
"$@" &
read -r signal
kill "-${signal:-INT}" $!
wait $!
[ -n "$signal" ] || rm -rf "$0"
"#;

impl Postgres {
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
        if let Some(certificate) = &self.certificate {
            let [chain, key] = [certificate.chain(), certificate.key()];
            keeper.args(["-c", "ssl=on", "-c"]);
            keeper.arg(format!("ssl_cert_file={}", chain.display()));
            keeper.args(["-c", &format!("ssl_key_file={}", key.display())]);
        }
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
