//! A server that a reader started.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
};

/// A running server, ended with the test together with the shell and the cargo that started it.
pub(super) struct Running {
    child: Child,
    /// Where it says that it listens.
    pub(super) url: String,
}

impl Running {
    pub(super) fn start(command: &mut Command) -> Self {
        let mut child = command
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        while !said.contains("Listening on ") {
            if output.read_line(&mut said).unwrap() == 0 {
                child
                    .stderr
                    .take()
                    .unwrap()
                    .read_to_string(&mut said)
                    .unwrap();
                panic!("it ended before it listened: {said}");
            }
        }
        let url = said
            .split("Listening on ")
            .nth(1)
            .unwrap()
            .trim()
            .to_owned();
        Self { child, url }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.child.wait();
    }
}
