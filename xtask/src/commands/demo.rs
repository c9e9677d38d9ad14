//! `demo`: the whole thing, built and running, with a sentence on what to do next.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use crate::background::{Background, POLL};
use crate::commands::build::{page, unless_built};
use crate::failure::Failure;
use crate::matrix::cargo;
use crate::process::run;
use crate::steps::{self, Step};
use crate::tools::{Tools, target_directory};

const START_LIMIT: Duration = Duration::from_secs(30);

/// Builds, starts the server, which brings the sandbox along, and stays until Ctrl-C.
pub(crate) fn demo() -> Result<(), Failure> {
    let tools = Tools::on_path()?;
    let mut steps = tools.missing_for_building()?;
    steps.push(page(&tools));
    steps.push(Step {
        what: "building the server".to_owned(),
        expected: unless_built("debug/server", 130),
        // Not in release, which takes twice as long to build and is no faster to the eye.
        work: Box::new(|| run(&mut cargo("build", &["--package", "server"]))),
    });
    steps::run_all(steps)?;
    let address = setting("ADDR").unwrap_or_else(|| "127.0.0.1:3000".into());
    // Or that one's health would be taken for ours.
    if healthy(&address) {
        return Err(Failure::Other(format!(
            "Another server answers at http://{address} already: stop it, or set ADDR."
        )));
    }
    let mut server = Background::start(&mut Command::new(
        target_directory().join("debug").join("server"),
    ))?;
    let deadline = Instant::now() + START_LIMIT;
    while !healthy(&address) {
        if !server.running()? {
            return Err(Failure::Other(
                "The server ended before it answered.".into(),
            ));
        }
        if Instant::now() > deadline {
            return Err(Failure::Other(format!(
                "The server does not answer at http://{address}/healthz."
            )));
        }
        thread::sleep(POLL);
    }
    if server.running()? {
        println!("{}", greeting());
    }
    server.wait()
}

/// Runs `cargo xtask demo` as a newcomer does, on ports and a database of its own, until it
/// answers; then ends it.
pub(crate) fn try_out() -> Result<(), Failure> {
    let [address, sandbox] = [free_address()?, free_address()?];
    let database = target_directory().join("tmp").join("demo.db");
    let mut command = Command::new("cargo");
    command
        .args(["xtask", "demo"])
        .env("ADDR", &address)
        .env("SANDBOX_ADDR", &sandbox);
    command
        .env("PUBLIC_URL", format!("http://{address}"))
        .env("DATABASE_URL", format!("sqlite://{}", database.display()));
    let mut demo = Background::start(&mut command)?;
    while !healthy(&address) {
        if !demo.running()? {
            return Err(Failure::Other(
                "`cargo xtask demo` ended before it answered.".into(),
            ));
        }
        thread::sleep(POLL);
    }
    drop(demo);
    if healthy(&address) || healthy(&sandbox) {
        return Err(Failure::Other(
            "`cargo xtask demo` left a server behind.".into(),
        ));
    }
    Ok(())
}

fn free_address() -> Result<String, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener
        .map(|address| address.to_string())
        .map_err(|error| Failure::Other(format!("no port is free: {error}")))
}

fn greeting() -> String {
    let next = if setting("REQIO_PROJECT_ID").is_some() {
        "  It talks to your project at Reqio. Create an account on the page and watch it being identified."
    } else {
        "  Sign in as one of the demo customers, password reqio-demo, and watch Reqio's stand-in learn who you are:
    free@acme.test    pays nothing
    pro@acme.test     pays 29.00 a month
    scale@acme.test   pays 990.00 a year

  Next: set REQIO_PROJECT_ID and REQIO_SECRET in .env, start again, and the same page talks to reqio.app."
    };
    format!("\n{next}\n  Ctrl-C ends it.\n")
}

/// What the server will read for this variable: the environment first, then .env.
fn setting(name: &str) -> Option<String> {
    env::var(name)
        .ok()
        .or_else(|| in_env_file(&fs::read_to_string(".env").ok()?, name))
        .filter(|value| !value.is_empty())
}

fn in_env_file(text: &str, name: &str) -> Option<String> {
    let assignments = text
        .lines()
        .filter_map(|line| line.trim().trim_start_matches("export ").split_once('='));
    let mut values = assignments.filter(|(left, _)| left.trim() == name);
    values
        .next()
        .map(|(_, value)| value.trim().trim_matches(['"', '\'']).to_owned())
}

fn healthy(address: &str) -> bool {
    let request = |address: &str| -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(format!("GET /healthz HTTP/1.0\r\nHost: {address}\r\n\r\n").as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    };
    request(address).is_ok_and(|answer| {
        answer.starts_with(b"HTTP/1.0 200") || answer.starts_with(b"HTTP/1.1 200")
    })
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;

    fn server_answering(status: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let request = BufReader::new(stream.try_clone().unwrap())
                .lines()
                .map_while(Result::ok);
            let request: Vec<String> = request.take_while(|line| !line.is_empty()).collect();
            assert_eq!(request[0], "GET /healthz HTTP/1.0");
            write!(stream, "HTTP/1.0 {status}\r\n\r\nok").unwrap();
        });
        address
    }

    #[test]
    fn a_server_is_healthy_only_if_it_says_so() {
        assert!(healthy(&server_answering("200 OK")));
        assert!(!healthy(&server_answering("503 Service Unavailable")));
    }

    #[test]
    fn an_address_where_nobody_listens_is_not_healthy() {
        let unused = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .to_string();
        assert!(!healthy(&unused));
    }

    #[test]
    fn a_setting_is_read_from_the_env_file_as_the_server_reads_it() {
        let text = "# ADDR=1\nADDR_TWO=x\n ADDR = \"127.0.0.1:4000\"\nexport PUBLIC_URL='https://a.test/?b=c'\n";
        assert_eq!(in_env_file(text, "ADDR").as_deref(), Some("127.0.0.1:4000"));
        assert_eq!(
            in_env_file(text, "PUBLIC_URL").as_deref(),
            Some("https://a.test/?b=c")
        );
        assert_eq!(in_env_file(text, "SANDBOX_ADDR"), None);
    }
}
