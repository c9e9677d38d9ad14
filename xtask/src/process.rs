//! Commands: each is shown before it runs, and named when it fails.
//!
//! Children stay in the terminal's process group, so that Ctrl-C reaches all of them.

use std::iter;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// How long a background process may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(5);

/// Sends SIGTERM to the program when the pipe closes that is its standard input. That happens
/// however this task ends, even where it is killed and could not send anything.
const UNTIL_THE_PIPE_CLOSES: &str =
    r#"exec 3<&0 </dev/null; (read -r _ <&3; kill $$ 2>/dev/null) & exec "$@" 3<&-"#;

/// Shows the command, runs it to its end and fails unless it succeeds.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let line = show(command);
    let status = command.status();
    let status = status.with_context(|| format!("$ {line} could not start"))?;
    ensure!(status.success(), "$ {line} ended with {status}");
    Ok(())
}

/// Shows the command and lets it take this program's place, so that it receives the signals and its
/// exit status is the task's. Windows has nothing of the kind: there it is waited for.
#[cfg(unix)]
pub(crate) fn run_instead(command: &mut Command) -> Result<()> {
    let line = show(command);
    let error = std::os::unix::process::CommandExt::exec(command);
    Err(error).with_context(|| format!("$ {line} could not start"))
}

#[cfg(not(unix))]
pub(crate) use run as run_instead;

/// What a command prints, or nothing if it cannot run or fails. For questions only, hence not
/// shown.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let printed = || String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then(printed)
}

/// A child process that runs beside this one. Dropping it ends it, and so does the end of this
/// process; on Windows only the former.
pub(crate) struct Background(Child);

impl Background {
    /// Shows the command and starts it, in the directory of this process.
    pub(crate) fn start(command: &Command) -> Result<Self> {
        let line = show(command);
        let program = command.get_program();
        let mut guarded = Command::new(if cfg!(unix) { "sh".as_ref() } else { program });
        if cfg!(unix) {
            guarded.args(["-c", UNTIL_THE_PIPE_CLOSES, "sh"]);
            guarded.arg(program);
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => guarded.env(name, value),
                None => guarded.env_remove(name),
            };
        }
        guarded.args(command.get_args()).stdin(Stdio::piped());
        let child = guarded.spawn();
        child
            .map(Self)
            .with_context(|| format!("$ {line} could not start"))
    }

    /// Whether it has not ended by itself.
    pub(crate) fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let asked = Instant::now();
        while cfg!(unix) && self.is_running() && asked.elapsed() < GRACE {
            thread::sleep(Duration::from_millis(20));
        }
        // Only what has ended already cannot be ended.
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

fn show(command: &Command) -> String {
    let line = shown(command);
    println!("$ {line}");
    line
}

/// The command as one would type it at the root of the repository.
fn shown(command: &Command) -> String {
    let mut words = Vec::new();
    for (name, value) in command.get_envs().filter(|(name, _)| *name != "PATH") {
        words.extend(value.map(|value| format!("{}={}", name.display(), value.display())));
    }
    for word in iter::once(command.get_program()).chain(command.get_args()) {
        let word = word.display().to_string();
        let quote = if word.contains(' ') { "'" } else { "" };
        words.push(format!("{quote}{word}{quote}"));
    }
    let line = words.join(" ");
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
    fn a_command_that_fails_or_is_not_installed_is_named() {
        let mut compiler = Command::new("rustc");
        compiler.arg("--no-such-flag").stderr(Stdio::null());
        let failure = run(&mut compiler).unwrap_err().to_string();
        assert!(
            failure.starts_with("$ rustc --no-such-flag ended with exit"),
            "{failure}"
        );
        let failure = run(&mut Command::new("no-such-program")).unwrap_err();
        let failure = format!("{failure:#}");
        assert!(
            failure.starts_with("$ no-such-program could not start: "),
            "{failure}"
        );
    }

    #[cfg(unix)]
    mod unix {
        use std::path::Path;

        use super::*;

        fn started(script: &str) -> Background {
            let mut shell = Command::new("sh");
            shell.args(["-c", script]);
            Background::start(&shell).unwrap()
        }

        /// Reports the process id in a file, then goes on for a minute.
        fn long(file: &Path) -> String {
            let file = file.display();
            format!("echo $$ > {file}; exec sleep 60")
        }

        fn process_in(file: &Path) -> String {
            loop {
                let text = std::fs::read_to_string(file).unwrap();
                if let Some(process) = text.strip_suffix('\n') {
                    return process.to_owned();
                }
                thread::sleep(Duration::from_millis(10));
            }
        }

        fn is_running(process: &str) -> bool {
            output_of(Command::new("ps").args(["-o", "pid=", "-p", process])).is_some()
        }

        #[test]
        fn dropping_a_background_process_ends_it() {
            let file = tempfile::NamedTempFile::new().unwrap();
            let mut background = started(&long(file.path()));
            let process = process_in(file.path());
            assert!(background.is_running() && is_running(&process));
            drop(background);
            assert!(!is_running(&process));
        }

        #[test]
        fn a_process_that_ignores_the_request_to_end_is_killed() {
            let file = tempfile::NamedTempFile::new().unwrap();
            let background = started(&format!("trap '' TERM; {}", long(file.path())));
            let process = process_in(file.path());
            drop(background);
            assert!(!is_running(&process));
        }

        #[test]
        fn a_background_process_ends_with_a_task_that_is_killed() {
            const FILE: &str = "XTASK_TEST_FILE";
            if let Some(file) = std::env::var_os(FILE) {
                // Here this is the task, started by the lines below.
                let _program = started(&long(Path::new(&file)));
                thread::sleep(Duration::from_secs(60));
                return;
            }
            let file = tempfile::NamedTempFile::new().unwrap();
            let name = "process::tests::unix::a_background_process_ends_with_a_task_that_is_killed";
            let mut task = Command::new(std::env::current_exe().unwrap());
            task.args([name, "--exact"]).env(FILE, file.path());
            let mut task = task.stdout(Stdio::null()).spawn().unwrap();
            let process = process_in(file.path());
            task.kill().unwrap();
            task.wait().unwrap();
            let killed = Instant::now();
            while is_running(&process) {
                assert!(killed.elapsed() < Duration::from_secs(10));
                thread::sleep(Duration::from_millis(10));
            }
        }
    }
}
