//! docs/deploy.md, with the ports of a test and its folder in place of `/`.

use std::{
    env,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;
use test_database::{Postgres, own_addr};

use crate::{block::blocks, support::Process};

/// What the document's commands need, and Debian's package with it.
const PROGRAMS: [(&str, &str); 6] = [
    ("curl", "curl"),
    ("nginx", "nginx"),
    ("openssl", "openssl"),
    ("psql", "postgresql"),
    ("sqlite3", "sqlite3"),
    ("systemd-analyze", "systemd"),
];

/// The document on this machine.
pub(crate) struct Guide {
    folder: TempDir,
    /// What stands in the document, and what to read for it.
    places: Vec<(&'static str, String)>,
    /// The addresses of the document's two servers.
    pub(crate) addrs: [String; 2],
    /// Where nginx listens with TLS, and without.
    pub(crate) nginx_addrs: [String; 2],
}

/// The document's text.
pub(crate) fn document() -> String {
    fs::read_to_string(root().join("docs/deploy.md")).unwrap()
}

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Guide {
    /// With the program installed, and this `.env`, whose database is in SQLite or here.
    #[track_caller]
    pub(crate) fn start(postgres: Option<&Postgres>) -> Self {
        assert_programs_are_installed();
        let [a, b, tls, plain] = [(); 4].map(|()| own_addr().unwrap().to_string());
        let mut places = vec![
            (
                "target/release/server",
                env!("CARGO_BIN_EXE_server").to_owned(),
            ),
            ("127.0.0.1:3000", a.clone()),
            ("127.0.0.1:3001", b.clone()),
            ("listen 443", format!("listen {tls}")),
            ("listen 80", format!("listen {plain}")),
            ("limit_conn clients 100", "limit_conn clients 2".to_owned()),
            // Of the sandbox, where a demo customer has a paid plan.
            (
                "REQIO_PROJECT_ID='your-project-id'",
                "SANDBOX_ADDR=127.0.0.1:0".to_owned(),
            ),
            (
                "REQIO_SECRET='the-secret-exactly-as-reqio-shows-it'",
                "SANDBOX_PUBLIC_URL=https://sandbox.example.com".to_owned(),
            ),
            ("sslmode=verify-full", "sslmode=disable".to_owned()),
        ];
        let admin = postgres.map(|postgres| postgres.create_database().unwrap());
        if let Some(admin) = &admin {
            let (_, addr) = admin.split_once('@').unwrap();
            let (addr, _) = addr.split_once('/').unwrap();
            let (host, port) = addr.split_once(':').unwrap();
            places.push(("host=db.example.com", format!("host={host}\nport={port}")));
            places.push(("db.example.com", addr.to_owned()));
        }
        let guide = Self {
            folder: tempfile::tempdir().unwrap(),
            places,
            addrs: [a, b],
            nginx_addrs: [tls, plain],
        };
        guide.run("# The program");
        guide.write("/etc/identity/.env");
        if let Some(admin) = &admin {
            let statements = guide.block("-- The database");
            let psql = format!("psql --set=ON_ERROR_STOP=1 {admin} <<'SQL'\n{statements}SQL");
            guide.shell(&psql);
            guide.write("/etc/identity/pg_service.conf");
        }
        guide
    }

    /// The block that belongs into this file, or begins with this line, as it reads here.
    #[track_caller]
    pub(crate) fn block(&self, name: &str) -> String {
        let document = document();
        let mut blocks = blocks(&document).into_iter();
        let found =
            blocks.find(|block| block.file.or_else(|| block.text.lines().next()) == Some(name));
        let block = found.unwrap_or_else(|| panic!("docs/deploy.md has no block {name}"));
        self.here(block.text)
    }

    /// A text of the document as it reads here.
    fn here(&self, text: &str) -> String {
        let mut text = text.to_owned();
        let root = self.folder.path().display();
        for folder in ["/etc/", "/opt/", "/var/"] {
            text = text.replace(folder, &format!("{root}{folder}"));
        }
        for (there, here) in &self.places {
            text = text.replace(there, here);
        }
        text
    }

    /// Where this file of the document is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name.trim_start_matches('/'))
    }

    /// Makes a program of this name run `command`.
    pub(crate) fn program(&self, name: &str, command: &str) {
        let path = self.path("/bin").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, format!("#!/bin/sh\nexec {command} \"$@\"\n")).unwrap();
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
    }

    /// Writes a file as the document has it.
    pub(crate) fn write(&self, name: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, self.block(name)).unwrap();
    }

    /// Runs the block that begins with this line, and returns what it printed.
    #[track_caller]
    pub(crate) fn run(&self, first_line: &str) -> String {
        self.shell(&self.block(first_line))
    }

    #[track_caller]
    fn shell(&self, commands: &str) -> String {
        let output = self
            .command("sh")
            .args(["-euc", commands])
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{commands}\n{printed}{errors}");
        printed
    }

    /// A command as whoever follows the document would run it, in the repository's folder.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let own = [self.path("/bin")].into_iter();
        command.env(
            "PATH",
            env::join_paths(own.chain(program_folders())).unwrap(),
        );
        command.env("CURL_HOME", self.folder.path());
        command.env("ADDR", &self.addrs[0]);
        command.current_dir(root());
        command
    }

    /// Starts the server at this address as its unit says, but in `folder`, with more variables.
    #[track_caller]
    pub(crate) fn server(&self, addr: &str, folder: &Path, more: &[(&str, &str)]) -> Process {
        let (_, port) = addr.split_once(':').unwrap();
        let unit = self
            .block("/etc/systemd/system/identity@.service")
            .replace("%i", port);
        let settings = |name: &'static str| {
            let lines = unit.lines().filter_map(|line| line.split_once('='));
            lines
                .filter(move |(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        let setting = |name| settings(name).next().unwrap();
        let file = fs::read_to_string(setting("EnvironmentFile")).unwrap();
        let mut command = Command::new(setting("ExecStart"));
        command.current_dir(folder).env_clear();
        for line in file.lines().chain(settings("Environment")) {
            let (name, value) = line.split_once('=').unwrap();
            command.env(name, value.trim_matches('\''));
        }
        command.envs(more.iter().copied());
        let mut process = Process::start(command);
        assert_eq!(process.origin(), format!("http://{addr}"));
        process
    }
}

/// Where programs are: Debian's nginx is not on the PATH of everybody.
fn program_folders() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap();
    let folders: Vec<_> = env::split_paths(&path).collect();
    folders.into_iter().chain(["/usr/sbin".into()])
}

/// Where a program is.
pub(crate) fn installed(program: &str) -> Option<PathBuf> {
    let mut paths = program_folders().map(|folder| folder.join(program));
    paths.find(|path| path.exists())
}

#[track_caller]
fn assert_programs_are_installed() {
    let missing = PROGRAMS
        .iter()
        .filter(|(program, _)| installed(program).is_none());
    let packages: Vec<_> = missing.map(|(_, package)| *package).collect();
    assert!(
        packages.is_empty(),
        "docs/deploy.md cannot be tried without these packages: apt-get install {}",
        packages.join(" ")
    );
}
