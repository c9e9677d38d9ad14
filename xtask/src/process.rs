//! Commands: each is shown before it runs, and repeated if it fails.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use crate::background::{Background, POLL};
use crate::failure::Failure;

/// Shows the command, runs it to its end and fails unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    Background::start(command)?.wait()
}

/// Like [`run`], and hands every line of the standard output to `each` after showing it.
pub(crate) fn run_reading(
    command: &mut Command,
    mut each: impl FnMut(&str),
) -> Result<(), Failure> {
    let mut background = Background::start(command.stdout(Stdio::piped()))?;
    let output = background.output();
    let (sender, lines) = mpsc::channel();
    // On a thread of its own, for a read cannot be interrupted. It goes on when nobody listens any
    // more: a process whose output breaks off would not clean up after itself.
    thread::spawn(move || {
        let lines = output
            .into_iter()
            .flat_map(|output| BufReader::new(output).lines());
        lines
            .map_while(Result::ok)
            .for_each(|line| drop(sender.send(line)));
    });
    loop {
        match lines.recv_timeout(POLL) {
            Ok(line) => {
                println!("{line}");
                each(&line);
            }
            Err(RecvTimeoutError::Timeout) if background.running()? => {}
            // The second case is a child that ended while something it started still holds its
            // output.
            Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => {
                return background.wait();
            }
        }
    }
}

/// What a command prints, or nothing if it cannot run or fails. For questions only, hence not
/// shown.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as one would type it at the root of the repository.
pub(crate) fn shown(command: &Command) -> String {
    let variables = command
        .get_envs()
        .filter(|(name, _)| *name != "PATH")
        .filter_map(|(name, value)| {
            Some(format!(
                "{}={}",
                name.to_string_lossy(),
                value?.to_string_lossy()
            ))
        });
    let words = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| {
            let word = word.to_string_lossy();
            if word.contains(' ') {
                format!("'{word}'")
            } else {
                word.into_owned()
            }
        });
    let line = variables.chain(words).collect::<Vec<_>>().join(" ");
    match command.get_current_dir() {
        Some(directory) => format!("(cd {} && {line})", directory.display()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let mut command = Command::new("npx");
        command
            .args(["playwright", "test", "-g", "two words"])
            .current_dir("end2end");
        command
            .env("CHROMIUM_PATH", "/usr/bin/chromium")
            .env("PATH", "/somewhere");
        let line =
            "(cd end2end && CHROMIUM_PATH=/usr/bin/chromium npx playwright test -g 'two words')";
        assert_eq!(shown(&command), line);
    }

    #[test]
    fn a_failing_command_is_repeated_with_its_status() {
        let failure = run(Command::new("rustc")
            .arg("--no-such-flag")
            .stderr(Stdio::null()))
        .unwrap_err()
        .to_string();
        assert!(
            failure.starts_with("$ rustc --no-such-flag ended with exit"),
            "{failure}"
        );
        assert!(failure.ends_with(": 1"), "{failure}");
    }

    #[test]
    fn a_command_that_is_not_installed_is_named() {
        let failure = run(&mut Command::new("no-such-program"))
            .unwrap_err()
            .to_string();
        assert!(
            failure.starts_with("$ no-such-program could not start: "),
            "{failure}"
        );
    }

    #[test]
    fn every_line_of_the_output_is_read() {
        let mut lines = Vec::new();
        run_reading(Command::new("rustc").arg("-vV"), |line| {
            lines.push(line.to_owned())
        })
        .unwrap();
        assert!(
            lines.len() > 3 && lines[0].starts_with("rustc "),
            "{lines:?}"
        );
    }
}
