//! One server, run as its unit in docs/deploy.md says. The test does what systemd would.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{Guide, Process, process::Ended};

/// A server of the cluster, running or not.
pub(crate) struct Server {
    /// Where nginx reaches it, and tests do too.
    pub(crate) origin: String,
    program: String,
    folder: PathBuf,
    variables: Vec<(String, String)>,
    process: Option<Process>,
}

impl Server {
    /// The one at `addr`, not started yet.
    pub(crate) fn new(guide: &Guide, addr: &str) -> Self {
        let (_, port) = addr.split_once(':').unwrap();
        let unit = guide.block("/etc/systemd/system/identity@.service");
        let setting = |name: &str| {
            let lines = unit.lines().filter_map(|line| line.split_once('='));
            let found = lines
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| value);
            found
                .map(|value| value.replace("%i", port))
                .collect::<Vec<_>>()
        };
        let files = setting("EnvironmentFile");
        let mut lines: Vec<String> = setting("Environment");
        for file in files {
            let text = fs::read_to_string(&file).unwrap();
            lines.extend(text.lines().map(str::to_owned));
        }
        Self {
            origin: format!("http://{addr}"),
            program: setting("ExecStart").pop().unwrap(),
            folder: "/".into(),
            variables: lines.iter().map(|line| variable(line)).collect(),
            process: None,
        }
    }

    /// Its address alone.
    pub(crate) fn addr(&self) -> &str {
        self.origin.trim_start_matches("http://")
    }

    /// The number of its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.as_ref().unwrap().id()
    }

    /// Sets a variable as a line more in its environment would.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    /// Becomes another program, which is started in this folder.
    pub(crate) fn becomes(&mut self, program: &str, folder: &Path) {
        program.clone_into(&mut self.program);
        folder.clone_into(&mut self.folder);
    }

    /// Starts it and waits until it listens.
    #[track_caller]
    pub(crate) fn start(&mut self) {
        let mut process = Process::start(self.command());
        assert_eq!(process.origin(), self.origin);
        self.process = Some(process);
    }

    /// The same, when something else is to be done with it.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        // As systemd does: nothing that is not asked for.
        command.env_clear().envs(self.variables.iter().cloned());
        command.current_dir(&self.folder);
        command
    }

    /// Asks it to stop and waits until it has.
    #[track_caller]
    pub(crate) fn stop(&mut self) -> Ended {
        let process = self.process.take().unwrap();
        process.terminate();
        let ended = process.ended();
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended
    }

    /// Ends it at once.
    pub(crate) fn kill(&mut self) {
        drop(self.process.take());
    }

    /// Waits until it logs a line with this.
    pub(crate) fn logs(&mut self, text: &str) -> String {
        self.process.as_mut().unwrap().until(text)
    }
}

/// A line of an environment file: `NAME=value`, in quotes or not.
fn variable(line: &str) -> (String, String) {
    let (name, value) = line.split_once('=').unwrap();
    (name.to_owned(), value.trim_matches('\'').to_owned())
}
