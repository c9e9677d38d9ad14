//! `dev`: both halves in debug. Trunk builds the page and serves it. The server is built and
//! started anew here. The terminal shows what the compiler says, and the page that its half did not
//! compile.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::process::{Background, run};
use crate::tools;
use crate::workspace::{build_program, target_directory};
use anyhow::{Result, bail};
use notify::{Event, EventKind, RecursiveMode, Watcher};

/// Where trunk serves the page, and so the origin the server has to accept.
const PUBLIC_URL: &str = "http://localhost:8080";

/// Where Trunk.toml sends what the page asks of the server.
const SERVER_ADDRESS: &str = "127.0.0.1:3000";

/// What the server is made of.
const SERVER: &str = "accounts app json-post reqio sandbox server";

/// What the page is made of, with the code that it shows.
const PAGE: &str = "app examples frontend/index.html frontend/src json-post reqio style";

/// Runs until Ctrl-C.
pub(crate) fn dev() -> Result<()> {
    tools::ensure_for_the_page()?;
    // The server reads dist/index.html when it starts, so there has to be one.
    run(&mut tools::trunk("build")?)?;
    let program = build_program("server")?;
    let (changed, changes) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        let is_read = event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_)));
        // It is heard until the task ends.
        let _heard = is_read || changed.send(()).is_ok();
    })?;
    for path in SERVER.split(' ') {
        watcher.watch(Path::new(path), RecursiveMode::Recursive)?;
    }

    // Trunk loads the page anew when this file is written, too: after each start of the server.
    let started = target_directory()?.join("dev-server-started");
    fs::write(&started, "")?;
    let mut serve = tools::trunk("serve")?;
    serve.arg("--watch").arg(&started);
    for path in PAGE.split(' ') {
        serve.args(["--watch", path]);
    }
    let mut server = start(&program)?;
    let mut page = Background::start(&serve)?;
    while page.is_running() {
        if !have_changed(&changes) {
            continue;
        }
        if cfg!(windows) {
            // Windows cannot write a program that runs.
            drop(server.take());
        }
        // Until the next one compiles, the last goes on.
        if build_program("server").is_ok() {
            drop(server.take());
            server = start(&program)?;
            fs::write(&started, "")?;
        }
    }
    bail!("trunk has ended by itself.")
}

/// Waits for a moment, and says whether something has changed meanwhile. An editor writes several
/// files, or one in several steps, so that is said once it is quiet again.
fn have_changed(changes: &Receiver<()>) -> bool {
    let has_changed = changes.recv_timeout(Duration::from_millis(500)).is_ok();
    while changes.recv_timeout(Duration::from_millis(50)).is_ok() {}
    has_changed
}

/// Starts the server and waits until it answers; none where it ends instead.
fn start(program: &Path) -> Result<Option<Background>> {
    let mut server = Command::new(program);
    server.env("ADDR", SERVER_ADDRESS);
    let mut server = Background::start(server.env("PUBLIC_URL", PUBLIC_URL))?;
    while server.is_running() {
        if TcpStream::connect(SERVER_ADDRESS).is_ok() {
            return Ok(Some(server));
        }
        thread::sleep(Duration::from_millis(20));
    }
    println!("\nThe server has ended. It is started again after the next change.");
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_are_where_they_are_looked_for() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for source in SERVER.split(' ').chain(PAGE.split(' ')) {
            assert!(root.join(source).exists(), "no {source}");
        }
    }

    #[test]
    fn many_changes_at_once_are_one() {
        let (changed, changes) = channel();
        for _write in 0..3 {
            changed.send(()).unwrap();
        }
        assert!(have_changed(&changes));
        assert!(!have_changed(&changes));
    }
}
