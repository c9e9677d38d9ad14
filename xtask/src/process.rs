//! Commands: each is shown before it runs, and repeated if it fails.

use std::process::{Command, Stdio};

use crate::background::Background;
use crate::failure::Failure;

/// Shows the command, runs it to its end and fails unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<(), Failure> {
    Background::start(command)?.wait()
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
}
