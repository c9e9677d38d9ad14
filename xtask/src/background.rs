//! Child processes that run beside this one and never outlive it.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::interrupt;
use crate::process::{answer, shown};
use anyhow::{Context, Result, bail, ensure};

/// How often a condition is looked at where std offers no way to be told.
pub(crate) const POLL: Duration = Duration::from_millis(50);
/// How long a process may take to end when it is asked to.
const GRACE: Duration = Duration::from_secs(5);

/// A running child process. Dropping it ends it, and what it started in turn.
pub(crate) struct Background {
    line: String,
    child: Child,
}

impl Background {
    /// Shows the command and starts it.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let line = shown(command);
        println!("$ {line}");
        // Nobody types into a task.
        command.stdin(Stdio::null());
        // A group of its own, so that whatever it starts can be reached through it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(command, 0);
        let child = command.spawn();
        let child = child.with_context(|| format!("$ {line} could not start"))?;
        Ok(Self { line, child })
    }

    /// Waits until it ends, and fails unless it succeeded; an interrupt ends it.
    pub(crate) fn wait(&mut self) -> Result<()> {
        while self.running()? {
            thread::sleep(POLL);
        }
        Ok(())
    }

    /// Whether it still runs; fails if it ended in failure or an interrupt has been received.
    pub(crate) fn running(&mut self) -> Result<bool> {
        let status = self.child.try_wait();
        let status = status.with_context(|| format!("cannot wait for `{}`", self.line))?;
        ensure!(!interrupt::received(), "interrupted");
        match status {
            None => Ok(true),
            Some(status) if status.success() => Ok(false),
            Some(status) => bail!("$ {} ended with {status}", self.line),
        }
    }

    /// Sends a signal to the whole group and says whether there was anyone to receive it.
    fn signal(&self, name: &str) -> bool {
        signal(name, &[format!("-{}", self.child.id())])
    }

    fn ends_within(&mut self, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        while !matches!(self.child.try_wait(), Ok(Some(_))) || self.signal("0") {
            if Instant::now() > deadline {
                return false;
            }
            thread::sleep(POLL);
        }
        true
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let ended_by_itself = matches!(self.child.try_wait(), Ok(Some(_)));
        if ended_by_itself || (self.signal("INT") && self.ends_within(GRACE)) {
            return;
        }
        // Also those that left the group, as servers and browsers started by Playwright do.
        signal("KILL", &descendants(self.child.id()));
        self.signal("KILL");
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("`{}` may still be running: {error}", self.line);
        }
    }
}

/// Sends a signal to processes, or to groups where the number is negative; says whether anyone
/// received it.
fn signal(name: &str, receivers: &[String]) -> bool {
    // std can signal nobody but a child, while every Unix has a shell that can.
    let arguments = ["-c", "kill -s \"$0\" -- \"$@\"", name];
    cfg!(unix) && answer(Command::new("sh").args(arguments).args(receivers)).is_some()
}

/// Everything a process started, directly or through others; nothing where there is no `/proc` to
/// tell.
fn descendants(ancestor: u32) -> Vec<String> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let parents: Vec<(u32, u32)> = processes
        .filter_map(|entry| {
            let process = entry.file_name().to_str()?.parse().ok()?;
            let status = fs::read_to_string(entry.path().join("stat")).ok()?;
            // The program's name comes first, in parentheses and with anything in it; then the
            // state, then the parent.
            let (_name, rest) = status.rsplit_once(") ")?;
            Some((process, rest.split(' ').nth(1)?.parse().ok()?))
        })
        .collect();
    let mut family = vec![ancestor];
    let mut next = 0;
    while let Some(&parent) = family.get(next) {
        let children = parents.iter().filter(|(_, of)| *of == parent);
        family.extend(children.map(|(process, _)| process));
        next += 1;
    }
    family[1..].iter().map(u32::to_string).collect()
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read};
    use std::process::ChildStdout;

    use super::*;

    /// Started, and as far as having said so.
    fn shell(script: &str) -> (Background, BufReader<ChildStdout>) {
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).stdout(Stdio::piped());
        let mut background = Background::start(&mut shell).unwrap();
        let mut output = BufReader::new(background.child.stdout.take().unwrap());
        output.read_line(&mut String::new()).unwrap();
        (background, output)
    }

    /// The output of a process ends when the last one that could write to it has ended.
    fn all_have_ended(mut output: BufReader<ChildStdout>) -> bool {
        let asked = Instant::now();
        output.read_to_end(&mut Vec::new()).unwrap();
        asked.elapsed() < Duration::from_secs(10)
    }

    #[test]
    fn dropping_a_process_ends_what_it_started() {
        let (background, output) = shell("sleep 60 & echo started; wait");
        drop(background);
        assert!(all_have_ended(output));
    }

    #[test]
    fn a_process_may_clean_up_before_it_ends() {
        let (background, mut output) =
            shell("trap 'echo cleaned up; exit' INT; echo started; while :; do sleep 0.1; done");
        drop(background);
        let mut farewell = String::new();
        output.read_to_string(&mut farewell).unwrap();
        assert_eq!(farewell, "cleaned up\n");
    }

    #[test]
    fn a_process_that_does_not_listen_is_ended_all_the_same() {
        let (background, output) = shell("trap '' INT; echo started; sleep 60");
        drop(background);
        assert!(all_have_ended(output));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn those_that_left_the_group_are_ended_too() {
        let leave =
            "require('child_process').spawn('sleep', ['60'], { detached: true, stdio: 'inherit' })";
        let script = format!("process.on('SIGINT', () => {{}}); {leave}; console.log('started')");
        let (background, output) = shell(&format!("trap '' INT; node -e \"{script}\""));
        drop(background);
        assert!(all_have_ended(output));
    }
}
