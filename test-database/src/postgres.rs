//! A PostgreSQL server of the tests' own, which they may stop, crash and start again.

use std::{
    env,
    ffi::OsStr,
    fs, io,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

use crate::own_addr;

/// A PostgreSQL server in a folder of its own, on a port that stays the same. It ends with this
/// value, or with the process that made it, however that ends.
///
/// Errors say which of PostgreSQL's programs failed, and what it said, or that it is not installed.
#[derive(Debug)]
pub struct Postgres {
    folder: String,
    port: u16,
    cleanup: Child,
}

/// Runs beside the server `$0` until the test process closes its standard input, by a drop or by
/// its end (statics are never dropped), then removes it. Ctrl-C is for the tests alone.
const CLEANUP: &str = r#"
trap '' INT TERM HUP
read -r _
"$1" stop --pgdata "$0" --mode immediate
rm -rf "$0"
"#;

impl Postgres {
    /// Makes a server and starts it.
    pub fn start() -> io::Result<Self> {
        let folder = output(as_postgres("mktemp").args(["-d", "-t", "test-postgres.XXXXXX"]))?;
        let arguments = format!(
            "--pgdata {folder} --auth trust --username postgres --no-sync --encoding UTF8 \
             --locale C"
        );
        run("initdb", arguments.split(' '))?;
        let mut cleanup = as_postgres("sh");
        let pg_ctl = programs()?.join("pg_ctl");
        cleanup.args(["-c", CLEANUP, &folder]).arg(pg_ctl);
        cleanup.stdout(Stdio::null()).stderr(Stdio::null());
        let mut postgres = Self {
            port: own_addr()?.port(),
            cleanup: cleanup.stdin(Stdio::piped()).spawn()?,
            folder,
        };
        postgres.resume()?;
        Ok(postgres)
    }

    /// Starts it again, on the same port, and waits until it takes connections.
    pub fn resume(&mut self) -> io::Result<()> {
        let (folder, port) = (&self.folder, self.port);
        // `fsync=off`: no test cuts the machine's power.
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
             -c max_connections=500 -c fsync=off"
        );
        let start = format!("start --pgdata {folder} --log {folder}/log --wait --options");
        run("pg_ctl", start.split(' ').chain([&*options])).map(drop)
    }

    /// Stops it as a service manager does: connections are cut, nothing is lost.
    pub fn stop(&mut self) -> io::Result<()> {
        self.end("fast")
    }

    /// Ends all its processes at once, without a checkpoint: the next start recovers from its log.
    pub fn crash(&mut self) -> io::Result<()> {
        self.end("immediate")
    }

    fn end(&self, mode: &str) -> io::Result<()> {
        run("pg_ctl", ["stop", "--pgdata", &self.folder, "--mode", mode]).map(drop)
    }

    /// Makes an empty database and returns its URL.
    pub fn create_database(&self) -> io::Result<String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test{}", NUMBER.fetch_add(1, Relaxed));
        let server = format!("postgres://postgres@127.0.0.1:{}", self.port);
        let maintenance = format!("--maintenance-db={server}/postgres");
        run("createdb", [&*maintenance, &name])?;
        Ok(format!("{server}/{name}"))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.cleanup.stdin.take());
        // If it cannot be waited for, nothing else can be done here.
        drop(self.cleanup.wait());
    }
}

/// Runs one of PostgreSQL's programs to its end and returns what it printed.
pub(crate) fn run<'a>(
    program: &str,
    arguments: impl IntoIterator<Item = &'a str>,
) -> io::Result<String> {
    output(as_postgres(programs()?.join(program)).args(arguments))
}

/// The folder of PostgreSQL's programs: of `initdb` on the PATH, else Debian's newest.
fn programs() -> io::Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let initdb = |folder: PathBuf| folder.join("initdb").canonicalize().ok();
    let on_path = env::split_paths(&path).find_map(initdb);
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let versions = debian.flatten().map(|version| version.path().join("bin"));
    let found = on_path.or_else(|| versions.filter_map(initdb).max());
    let folder = found.and_then(|initdb| Some(initdb.parent()?.to_owned()));
    let missing = "PostgreSQL's server is not installed: `apt-get install postgresql`";
    folder.ok_or_else(|| io::Error::other(missing))
}

/// A command as a user who may run PostgreSQL, which refuses root.
fn as_postgres(program: impl AsRef<OsStr>) -> Command {
    static IS_ROOT: LazyLock<bool> =
        LazyLock::new(|| output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0"));
    let mut command = Command::new(if *IS_ROOT { "setpriv" } else { "env" });
    if *IS_ROOT {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    // That user may not be allowed to enter the current folder.
    command.arg(program).current_dir("/");
    command
}

fn output(command: &mut Command) -> io::Result<String> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    Err(io::Error::other(format!("{command:?}: {said}")))
}
