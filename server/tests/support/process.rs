//! The server as its users start it: a process with an environment.

use std::{
    io::{BufRead as _, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use super::PATIENCE;

/// A server process. It is killed when the test lets go of it, and a test that fails shows what it
/// said.
pub(crate) struct Process {
    child: Child,
    lines: Receiver<(Source, String)>,
    said: Vec<(Source, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Source {
    Stdout,
    Stderr,
}

/// A process that has ended, and all it had said.
#[derive(Debug)]
pub(crate) struct Ended {
    /// `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Process {
    /// Starts it in `folder` with nothing in its environment but `variables`, and ports that the
    /// system chooses.
    pub(crate) fn spawn(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        command.current_dir(folder).args(arguments).env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command
            .env("ADDR", "127.0.0.1:0")
            .env("SANDBOX_ADDR", "127.0.0.1:0");
        command.envs(variables.iter().copied());
        Self::start(command)
    }

    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        forward(child.stdout.take().unwrap(), Source::Stdout, sender.clone());
        forward(child.stderr.take().unwrap(), Source::Stderr, sender);
        Self {
            child,
            lines,
            said: Vec::new(),
        }
    }

    /// The next line, or `None` once the process has closed both of its outputs.
    fn next(&mut self) -> Option<(Source, String)> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => {
                self.said.push(line.clone());
                Some(line)
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => None,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                panic!("it neither speaks nor ends: {:?}", self.said)
            }
        }
    }

    /// Waits for a line with `text` in it and returns what follows `text`.
    pub(crate) fn until(&mut self, text: &str) -> String {
        loop {
            let Some((_, line)) = self.next() else {
                panic!("it ended without {text:?}: {:?}", self.said)
            };
            if let Some((_, rest)) = line.split_once(text) {
                return rest.to_owned();
            }
        }
    }

    /// Waits until it listens and returns where.
    pub(crate) fn origin(&mut self) -> String {
        format!("http://{}", self.until("listening on "))
    }

    /// Its number, for whoever limits or watches it.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has in memory, in kB.
    #[cfg(target_os = "linux")]
    pub(crate) fn resident_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let resident = resident.unwrap().trim().trim_end_matches(" kB");
        resident.parse().unwrap()
    }

    /// Asks it to stop, the way a service manager does.
    pub(crate) fn terminate(&self) {
        assert!(
            Command::new("kill")
                .args(["-TERM", &self.child.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Waits for its end.
    pub(crate) fn ended(mut self) -> Ended {
        while self.next().is_some() {}
        let code = self.child.wait().unwrap().code();
        let all = |source| {
            let lines = self.said.iter().filter(|(from, _)| *from == source);
            lines
                .map(|(_, line)| format!("{line}\n"))
                .collect::<String>()
        };
        Ended {
            code,
            stdout: all(Source::Stdout),
            stderr: all(Source::Stderr),
        }
    }

    /// Waits for its end, and fails if it serves instead.
    #[track_caller]
    pub(crate) fn refused(mut self) -> Ended {
        while let Some((source, line)) = self.next() {
            assert!(
                source == Source::Stderr,
                "it started, or spoke on the wrong output: {line}"
            );
        }
        self.ended()
    }
}

impl Ended {
    /// The one line that a process which could not do its work leaves behind.
    #[track_caller]
    pub(crate) fn one_line(&self) -> &str {
        assert_eq!((self.code, self.stdout.as_str()), (Some(1), ""), "{self:?}");
        assert_eq!(self.stderr.lines().count(), 1, "{}", self.stderr);
        self.stderr.trim_end()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to kill.
        drop(self.child.kill());
        drop(self.child.wait());
        if thread::panicking() {
            let said = self.said.drain(..).chain(self.lines.iter());
            said.for_each(|(_, line)| println!("server {}: {line}", self.child.id()));
        }
    }
}

/// Reads `output` to its end on a thread of its own, so that a full pipe never holds the process
/// up.
fn forward(output: impl Read + Send + 'static, source: Source, lines: Sender<(Source, String)>) {
    thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n') {
            let line = String::from_utf8_lossy(&line.unwrap()).into_owned();
            if lines.send((source, line)).is_err() {
                break;
            }
        }
    });
}
