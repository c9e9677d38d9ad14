//! A directory in which a reader does what a document says.

use std::{
    collections::{BTreeMap, HashSet},
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use super::{block::blocks, root, running::Running};

/// The packages that a reader builds.
const PACKAGES: [&str; 3] = ["acme", "example-leptos-csr", "reqio-identity"];

/// A reader's project. The program that it built is removed with it.
pub(super) struct Project {
    _root: tempfile::TempDir,
    /// Where the reader is, following every `cd`.
    directory: PathBuf,
}

impl Project {
    /// An empty directory, with the crates beside it as the documents ask for them.
    pub(super) fn new() -> Self {
        fetch_once();
        let folder = tempfile::tempdir().unwrap();
        symlink(
            root().canonicalize().unwrap().join("reqio"),
            folder.path().join("reqio"),
        )
        .unwrap();
        Self {
            directory: folder.path().to_owned(),
            _root: folder,
        }
    }

    /// A project that has these files already.
    pub(super) fn with(files: BTreeMap<PathBuf, String>) -> Self {
        let mut project = Self::new();
        project.directory.push("app");
        for (file, text) in files {
            project.write(file, &text);
        }
        project
    }

    /// Runs the commands of the document and writes its files, in its order. Blocks of one file
    /// follow each other. A block of commands that ends in a server is left to [`Project::start`].
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
            } else if block.language == "sh" && !block.text.contains("cargo run") {
                self.shell(block.text);
            }
        }
        // Last, since each `cargo add` writes a lockfile of its own.
        self.take_the_lockfile();
    }

    /// From now on every version is one that is tested here.
    pub(super) fn take_the_lockfile(&self) {
        fs::copy(root().join("Cargo.lock"), self.directory.join("Cargo.lock")).unwrap();
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    pub(super) fn write(&self, file: impl AsRef<Path>, text: &str) {
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
        Running::start(&mut self.starting(script))
    }

    /// The commands that end in a server.
    pub(super) fn starting(&self, script: &str) -> Command {
        let mut command = self.command("sh");
        command.args(["-ec", script]).env("ADDR", "127.0.0.1:0");
        command
    }

    /// A command in the reader's directory, without this machine's Reqio variables. Dependencies
    /// that the workspace has built with the same features are there already.
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
        let target = root().canonicalize().unwrap().join("target");
        command
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_INCREMENTAL", "0")
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
            .filter(|package| {
                !PACKAGES
                    .iter()
                    .any(|ours| package.contains(&format!("\"{ours}\"")))
            })
            .collect();
        assert!(floating.is_empty(), "{floating:?}");
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        let mut clean = self.command("cargo");
        // A project without it is an error, of which nobody is to hear.
        let _ = clean.args(["clean", "--package", "acme"]).output();
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

/// Every file below the directory by its path in it, but for what was built.
pub(super) fn files(directory: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if !path.is_dir() {
            found.insert(name, fs::read_to_string(&path).unwrap());
        } else if !path.ends_with("dist") {
            let inside = files(&path).into_iter();
            found.extend(inside.map(|(file, text)| (name.join(file), text)));
        }
    }
    found
}
