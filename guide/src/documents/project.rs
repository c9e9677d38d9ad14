//! An empty directory in which a reader does what a document says.

use std::{
    collections::HashSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use super::{block::blocks, root, running::Running};

/// A reader's project. What it built is removed with it.
pub(super) struct Project {
    _root: tempfile::TempDir,
    /// Where the reader is, following every `cd`.
    directory: PathBuf,
}

impl Project {
    pub(super) fn new() -> Self {
        fetch_once();
        let folder = tempfile::tempdir().unwrap();
        Self {
            directory: folder.path().to_owned(),
            _root: folder,
        }
    }

    /// Runs the commands of the document and writes its files, in its order. Blocks of one file
    /// follow each other. A block of commands that ends in a server is left to [`Project::start`],
    /// and trunk's work to cargo. The package gets this workspace's lockfile, so that every version
    /// in it is one that is tested here.
    pub(super) fn follow(&mut self, document: &str) {
        let mut begun = HashSet::new();
        for block in blocks(document) {
            if let Some(file) = block.file {
                let before = if begun.insert(file) {
                    String::new()
                } else {
                    self.read(file) + "\n"
                };
                self.write(file, &(before + block.text));
            } else if block.language == "sh"
                && !block.text.contains("cargo run")
                && !block.text.contains("trunk")
            {
                self.shell(block.text);
            }
        }
        // Last, since each `cargo add` writes a lockfile of its own.
        fs::copy(root().join("Cargo.lock"), self.directory.join("Cargo.lock")).unwrap();
    }

    pub(super) fn write(&self, file: &str, text: &str) {
        let path = self.directory.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.directory.join(file)).unwrap()
    }

    /// Runs commands, and goes where they lead.
    pub(super) fn shell(&mut self, script: &str) {
        let said = success(self.command("sh").args(["-ec", &format!("{script}\npwd")]));
        self.directory = said.lines().next_back().unwrap().into();
    }

    /// Starts the server that the commands end in.
    pub(super) fn start(&self, script: &str) -> Running {
        let mut command = self.command("sh");
        command.args(["-ec", script]).env("ADDR", "127.0.0.1:0");
        Running::start(&mut command)
    }

    /// A command in the reader's directory, without this machine's Reqio variables. What it builds
    /// is kept apart from the workspace's own, whose programs may bear the same names.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        for variable in [
            "REQIO_SECRET",
            "REQIO_AUDIENCE",
            "REQIO_PROJECT_ID",
            "DEMO_SESSION",
        ] {
            command.env_remove(variable);
        }
        let target = root().canonicalize().unwrap().join("target/guide");
        command
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_PROFILE_DEV_DEBUG", "0");
        command.current_dir(&self.directory);
        command
    }

    /// Fails if the reader's package was built with a version that this workspace does not lock.
    pub(super) fn assert_nothing_floats(&self) {
        let locked = packages(&fs::read_to_string(root().join("Cargo.lock")).unwrap());
        let used = packages(&self.read("Cargo.lock"));
        assert!(used.len() > 50, "{used:?}");
        let floating: Vec<_> = used
            .difference(&locked)
            .filter(|package| !package.contains("\"acme\""))
            .collect();
        assert!(floating.is_empty(), "{floating:?}");
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let _ = self
            .command("cargo")
            .args(["clean", "--quiet", "--package", "acme"])
            .status();
    }
}

/// Name and version of every package in a lockfile.
fn packages(lockfile: &str) -> HashSet<String> {
    let entries = lockfile.split("[[package]]\n").skip(1);
    entries
        .map(|entry| entry.lines().take(2).collect::<Vec<_>>().join(" "))
        .collect()
}

/// Brings every locked version here, so that nothing needs the network, or could come from it,
/// afterwards.
fn fetch_once() {
    static FETCHED: OnceLock<()> = OnceLock::new();
    FETCHED.get_or_init(|| {
        let mut fetch = Command::new("cargo");
        fetch.args([
            "fetch",
            "--locked",
            "--target",
            "host-tuple",
            "--target",
            "wasm32-unknown-unknown",
        ]);
        success(fetch.current_dir(root()));
    });
}

/// Runs it to its end, and answers what it said.
#[track_caller]
pub(super) fn success(command: &mut Command) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    assert!(
        status.success(),
        "{command:?}\n{}",
        String::from_utf8_lossy(&stderr)
    );
    String::from_utf8(stdout).unwrap()
}

/// The document's text.
pub(super) fn document(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(Path::new(name))).unwrap()
}
