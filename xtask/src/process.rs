//! Commands: each is shown before it runs, and repeated if it fails.

use std::ffi::OsStr;
use std::iter;
use std::process::{Command, Stdio};

use crate::background::Background;
use crate::interrupt;
use anyhow::{Context, Result, ensure};

/// Shows the command, runs it to its end and fails unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
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

/// What a command says on its way to failure, or nothing if it succeeds. It is shown as well, once
/// all is said.
pub(crate) fn complaint(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.with_context(|| format!("$ {} could not start", shown(command)))?;
    ensure!(!interrupt::received(), "interrupted");
    let said = String::from_utf8_lossy(&output.stderr);
    eprint!("{said}");
    Ok(if output.status.success() {
        String::new()
    } else {
        said.into_owned()
    })
}

/// The command as one would type it at the root of the repository.
pub(crate) fn shown(command: &Command) -> String {
    let quoted = |word: &OsStr| {
        let word = word.display().to_string();
        let quote = if word.contains(' ') { "'" } else { "" };
        format!("{quote}{word}{quote}")
    };
    let variables = command
        .get_envs()
        .filter(|(name, _)| *name != "PATH")
        .filter_map(|(name, value)| Some(format!("{}={}", name.display(), quoted(value?))));
    let words = iter::once(command.get_program()).chain(command.get_args());
    let line: Vec<String> = variables.chain(words.map(quoted)).collect();
    let line = line.join(" ");
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
        command.args(["playwright", "test", "-g", "two words"]);
        command.current_dir("end2end").env("PATH", "/somewhere");
        command.env("CHROMIUM_PATH", "/usr/bin/chromium");
        let line =
            "(cd end2end && CHROMIUM_PATH=/usr/bin/chromium npx playwright test -g 'two words')";
        assert_eq!(shown(&command), line);
    }

    #[test]
    fn a_failing_command_is_repeated_with_its_status() {
        let mut compiler = Command::new("rustc");
        compiler.arg("--no-such-flag").stderr(Stdio::null());
        let failure = run(&mut compiler).unwrap_err().to_string();
        assert!(
            failure.starts_with("$ rustc --no-such-flag ended with exit"),
            "{failure}"
        );
        assert!(failure.ends_with(": 1"), "{failure}");
    }

    #[test]
    fn a_compiler_complains_in_its_own_words_until_the_source_is_mended() {
        let directory = tempfile::tempdir().unwrap();
        let source = directory.path().join("lib.rs");
        let complaint = |code| {
            std::fs::write(&source, code).unwrap();
            let mut compiler = Command::new("rustc");
            compiler.args(["--crate-type", "lib", "--emit", "metadata"]);
            complaint(compiler.current_dir(&directory).arg(&source)).unwrap()
        };
        let broken = complaint("pub const WORDS: &str = 1;");
        assert!(
            broken.starts_with("error[E0308]: mismatched types\n"),
            "{broken}"
        );
        let mended = complaint("pub const WORDS: &str = \"1\"; const UNUSED: u8 = 1;");
        assert_eq!(mended, "");
    }

    #[test]
    fn a_command_that_is_not_installed_is_named() {
        let failure = run(&mut Command::new("no-such-program")).unwrap_err();
        let failure = format!("{failure:#}");
        assert!(
            failure.starts_with("$ no-such-program could not start: "),
            "{failure}"
        );
    }
}
