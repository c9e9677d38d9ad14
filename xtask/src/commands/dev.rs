//! `dev`: both halves in debug, compiled when anything changes that they are made of. The browser
//! reloads with its half, and shows what the compiler says for as long as one does not compile.

use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::io::{self, IsTerminal};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::SystemTime;

use crate::background::{Background, POLL};
use crate::commands::build::{WITHOUT_DEBUG_INFORMATION, trunk};
use crate::matrix::BROWSER;
use crate::process::{complaint, run};
use crate::tools::{Tools, target_directory};
use crate::watch::Snapshot;
use anyhow::{Context, Result, bail};

/// Where trunk serves the page, and so the origin the server has to accept.
const PUBLIC_URL: &str = "http://localhost:8080";

/// Where Trunk.toml sends what the page asks of the server.
const SERVER_ADDRESS: &str = "127.0.0.1:3000";

/// What the halves are made of, with the code that they show, and what the server reads.
pub(crate) const SOURCES: [&str; 12] = [
    ".env",
    "Cargo.toml",
    "accounts",
    "app",
    "examples",
    "frontend/index.html",
    "frontend/src",
    "json-post",
    "reqio",
    "sandbox",
    "server",
    "style",
];

/// Where frontend/hooks/compiler.js looks. Each new page takes it away.
const NEWS: &str = "dist/compiler.txt";

/// Runs until Ctrl-C.
pub(crate) fn dev() -> Result<()> {
    let tools = Tools::for_building()?;
    // The server reads dist/index.html when it starts, so there has to be one.
    run(trunk(&tools).arg("build"))?;
    run(Command::new("cargo").args(["build", "--package", "server"]))?;
    let mut frontend = Background::start(trunk(&tools).arg("serve"))?;

    let built = target_directory();
    let wasm = built.join(BROWSER).join("debug").join("frontend.wasm");
    // By what is in it: most edits of a server function change nothing in the browser.
    let beside_it = ["frontend/index.html", "style"];
    let page = || (fs::read(&wasm).ok(), Snapshot::of(&beside_it));
    let program = built.join("debug").join(format!("server{EXE_SUFFIX}"));
    let service = || Snapshot::of(&[&program, Path::new(".env")]);
    let [mut sources, mut running] = [Snapshot::of(&SOURCES), service()];
    let mut shown = page();
    let (mut server, mut starts) = (start(&program)?, true);
    let (mut latest, mut said) = (SystemTime::now(), String::new());
    while frontend.running()? {
        if starts && TcpStream::connect(SERVER_ADDRESS).is_ok() {
            (latest, starts) = (SystemTime::now(), false);
        }
        if said.is_empty() && !server.running().unwrap_or(false) {
            said = "The server has ended. The terminal says why.".to_owned();
        }
        tell(&format!("{latest:?}\n{said}")).with_context(|| format!("cannot write {NEWS}"))?;
        thread::sleep(POLL * 4);
        if !sources.changes_to(Snapshot::of(&SOURCES)) {
            continue;
        }
        // Before trunk does, which would say that cargo failed and not why.
        let mut browser = compile("frontend");
        browser.args(["--target", BROWSER]);
        said = complaint(browser.envs(WITHOUT_DEBUG_INFORMATION))?;
        let new = page();
        if said.is_empty() && shown != new {
            shown = new;
            said = complaint(trunk(&tools).args(["build", "--quiet"]))?;
            latest = SystemTime::now();
            tell(&format!("{latest:?}\n{said}"))?;
        }
        if said.is_empty() {
            said = complaint(&mut compile("server"))?;
        }
        // Until another one compiles, the last goes on.
        if said.is_empty() && running.changes_to(service()) {
            drop(server);
            (server, starts) = (start(&program)?, true);
        }
    }
    bail!("trunk ended by itself.")
}

/// Compiles a package, with the compiler's words as they are on a terminal.
fn compile(package: &str) -> Command {
    let is_seen = io::stderr().is_terminal();
    let color = if is_seen { "always" } else { "never" };
    let mut build = Command::new("cargo");
    build.args(["build", "--quiet", "--color", color, "--package", package]);
    build
}

/// Starts a copy of the server, so that the next one can take its place: Windows locks what runs.
fn start(program: &Path) -> Result<Background> {
    let copy = program.with_file_name(format!("running-server{EXE_SUFFIX}"));
    fs::copy(program, &copy).context("cannot copy the server")?;
    let mut server = Command::new(copy);
    server.env("ADDR", SERVER_ADDRESS);
    Background::start(server.env("PUBLIC_URL", PUBLIC_URL))
}

/// Tells the page which state of both halves it would get now, and below it what is wrong.
fn tell(news: &str) -> io::Result<()> {
    if fs::read_to_string(NEWS).is_ok_and(|told| told == news) {
        return Ok(());
    }
    fs::write(NEWS, news)
}
