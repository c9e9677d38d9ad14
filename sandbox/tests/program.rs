//! The program `sandbox` as it serves: what it prints, what it refuses, and how it ends.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// The program with a clean environment.
fn sandbox() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    for name in [
        "REQIO_PROJECT_ID",
        "REQIO_SECRET",
        "REQIO_AUDIENCE",
        "SANDBOX_ADDR",
    ] {
        command.env_remove(name);
    }
    command
}

/// A running sandbox, ended with the test.
struct Running {
    child: Child,
    introduction: String,
    port: u16,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        Self::spawn(sandbox().args(arguments))
    }

    fn spawn(command: &mut Command) -> Self {
        // Another port than the usual one, which somebody may be using.
        let mut child = command
            .env("SANDBOX_ADDR", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut introduction = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        while !introduction.contains("Ctrl-C") {
            assert_ne!(
                output.read_line(&mut introduction).unwrap(),
                0,
                "it ended after {introduction:?}"
            );
        }
        let port = introduction
            .split("http://localhost:")
            .nth(1)
            .unwrap()
            .split('/')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        Self {
            child,
            introduction,
            port,
        }
    }

    /// A request as a browser on this machine sends it, answered up to the end of the connection.
    fn get(&self, path: &str, headers: &str) -> String {
        let mut answer = String::new();
        self.open(path, headers)
            .read_to_string(&mut answer)
            .unwrap();
        answer
    }

    /// A call of `/sandbox/v1/`.
    fn put(&self, path: &str, body: &str) {
        let length = body.len();
        let headers = format!("Content-Type: application/json\r\nContent-Length: {length}\r\n");
        let mut answer = String::new();
        let mut stream = self.send("PUT", &format!("/sandbox/v1/{path}"), &headers, body);
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    }

    fn open(&self, path: &str, headers: &str) -> TcpStream {
        self.send("GET", path, headers, "")
    }

    fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let port = self.port;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n{headers}\r\n{body}"
        )
        .unwrap();
        stream
    }

    /// Asks it to end, and answers whether it did so well.
    fn end(mut self, signal: &str) -> bool {
        let asked = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn assert_one_line(output: Output, says: &str) {
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "it succeeded");
    assert_eq!(
        text.trim_end().lines().count(),
        1,
        "{text:?} is not one line"
    );
    assert!(text.contains(says), "{text:?} does not say {says:?}");
    assert!(output.stdout.is_empty(), "it printed before it failed");
}

#[test]
fn alone_it_makes_up_what_is_missing_and_prints_it_ready_to_paste() {
    let (one, other) = (Running::start(&[]), Running::start(&[]));
    let secret = |running: &Running| {
        running
            .introduction
            .split("REQIO_SECRET=")
            .nth(1)
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .to_owned()
    };
    assert!(one.introduction.contains("REQIO_PROJECT_ID=demo\n"));
    assert!(
        one.introduction
            .contains("REQIO_AUDIENCE=https://reqio.app/p/demo\n")
    );
    let tag = format!(
        "<script src=\"http://localhost:{}/widget.js\" data-project-id=\"demo\" async></script>",
        one.port
    );
    assert!(one.introduction.contains(&tag), "{}", one.introduction);
    assert!(secret(&one).len() >= 32);
    assert_ne!(secret(&one), secret(&other));
    assert!(one.get("/healthz", "").ends_with("\r\n\r\nok"));
}

#[test]
fn what_is_given_is_taken_from_the_command_line_or_the_environment() {
    let arguments = ["--project", "shop", "--secret", SECRET];
    let variables = [("REQIO_PROJECT_ID", "shop"), ("REQIO_SECRET", SECRET)];
    for running in [
        Running::start(&arguments),
        Running::spawn(sandbox().envs(variables)),
    ] {
        let said = &running.introduction;
        assert!(
            said.contains("REQIO_PROJECT_ID=shop\n  REQIO_SECRET=(as it is set)\n"),
            "{said}"
        );
        assert!(!said.contains(SECRET), "one that is somebody's: {said}");
        assert!(
            said.contains("REQIO_AUDIENCE=https://reqio.app/p/shop\n"),
            "{said}"
        );
        assert!(running.get("/p/shop", "").starts_with("HTTP/1.1 200"));
    }
}

#[test]
fn a_bad_value_is_one_clear_line() {
    let run = |arguments: &[&str]| {
        sandbox()
            .env("SANDBOX_ADDR", "127.0.0.1:0")
            .args(arguments)
            .output()
            .unwrap()
    };
    assert_one_line(
        run(&["--secret", "too short"]),
        "the signing secret has 9 bytes",
    );
    assert_one_line(run(&["--project", "a/b"]), "the project id \"a/b\"");
    assert_one_line(
        run(&["--allow-origin", "localhost:3000"]),
        "is not an origin",
    );
    assert_one_line(run(&["--seed", "/nowhere.json"]), "cannot be read");
    let no_seed = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    assert_one_line(run(&["--seed", no_seed]), "the seed cannot be used");
    assert_one_line(
        run(&["--db", "/nowhere/at/all.db"]),
        "database cannot be used",
    );
    assert_one_line(run(&["--port", "99999"]), "99999");
    assert_one_line(
        sandbox().env("SANDBOX_ADDR", "here").output().unwrap(),
        "here",
    );
}

#[test]
fn a_busy_port_is_one_clear_line() {
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = busy.local_addr().unwrap().port().to_string();
    assert_one_line(
        sandbox().args(["--port", &port]).output().unwrap(),
        &format!("cannot listen on 127.0.0.1:{port}"),
    );
}

#[test]
fn it_ends_at_once_when_asked_with_pages_following_and_waits_under_way() {
    for signal in ["-TERM", "-INT"] {
        let running = Running::start(&[]);
        running.put("faults", r#"{"slow":60}"#);
        let mut following = BufReader::new(running.open("/p/demo/events", ""));
        let mut line = String::new();
        while !line.contains("event: changed") {
            assert_ne!(following.read_line(&mut line).unwrap(), 0);
        }
        let _silent = TcpStream::connect(("127.0.0.1", running.port)).unwrap();
        let _waiting = running.open("/sandbox/v1/verdicts?who=nobody&wait=60", "");
        // The delayed request is under way once its verdict, which comes before the delay, has
        // reached the open page.
        let _delayed = running.open("/api/features", "");
        let before = line.matches("event: changed").count();
        while line.matches("event: changed").count() == before {
            assert_ne!(following.read_line(&mut line).unwrap(), 0);
        }
        let asked = Instant::now();
        assert!(running.end(signal), "it did not end well after {signal}");
        assert!(
            asked.elapsed() < Duration::from_secs(10),
            "it took {:?} after {signal}",
            asked.elapsed()
        );
    }
}

#[test]
fn a_backlog_in_a_file_survives_being_killed() {
    let file = std::env::temp_dir().join(format!("sandbox-test-{}-killed.db", std::process::id()));
    let database = file.to_str().unwrap();
    for round in 1..=3 {
        let mut running = Running::start(&["--db", database]);
        assert!(running.get("/api/features", "").starts_with("HTTP/1.1 200"));
        running.child.kill().unwrap();
        running.child.wait().unwrap();
        let running = Running::start(&["--db", database]);
        let verdicts = running.get("/p/demo/api/v1/verdicts", "");
        assert_eq!(
            verdicts.matches("\"accepted\":true").count(),
            round,
            "{verdicts}"
        );
    }
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{database}{end}"));
    }
}

#[test]
fn an_answer_can_be_cut_half_way() {
    let running = Running::start(&[]);
    let whole = running.get("/api/features", "");
    running.put("faults", r#"{"cut":true}"#);
    let cut = running.get("/api/features", "");
    let length = "content-length: 15";
    assert!(
        whole.contains(length) && whole.ends_with(r#"{"features":[]}"#),
        "{whole}"
    );
    assert!(
        cut.starts_with("HTTP/1.1 200") && cut.contains(length),
        "{cut}"
    );
    assert!(cut.ends_with("{\"featu"), "{cut}");
}

#[test]
fn the_examples_in_the_help_serve() {
    let help = sandbox().arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let examples: Vec<_> = help.split("Examples:\n").nth(1).unwrap().lines().collect();
    assert!(examples.len() >= 3, "{help}");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples-in-the-help");
    std::fs::create_dir_all(&folder).unwrap();
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/seed.json");
    std::fs::copy(seed, folder.join("seed.json")).unwrap();
    for example in examples {
        let mut words = example.split_whitespace();
        assert_eq!(words.next(), Some("sandbox"), "{example}");
        let running = Running::spawn(sandbox().args(words).current_dir(&folder));
        let answer = running.get("/p/demo", "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{example}: {answer}");
    }
    assert!(folder.join("backlog.db").exists());
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn it_starts_with_the_seed_of_a_file() {
    let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/seed.json");
    let running = Running::start(&["--seed", seed]);
    let backlog = running.get("/p/demo/api/v1/features", "");
    assert!(backlog.contains("Sign in with SAML"), "{backlog}");
}

#[test]
fn it_starts_within_50_ms() {
    let start = |_| {
        let started = Instant::now();
        let _running = Running::start(&[]);
        started.elapsed()
    };
    // The fastest of ten tells the program's own time from what else the machine does.
    let fastest = (0..10).map(start).min().unwrap();
    println!("started within {fastest:?}");
    assert!(fastest < Duration::from_millis(50), "it took {fastest:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn at_rest_it_takes_no_more_than_15_mb() {
    let running = Running::start(&["--seed", concat!(env!("CARGO_MANIFEST_DIR"), "/seed.json")]);
    // As a browser would, which has it compressed. What compresses is many times larger unoptimised.
    let encoding = if cfg!(debug_assertions) {
        "identity"
    } else {
        "gzip, br"
    };
    for path in ["/p/demo", "/widget.js"] {
        let mut page = running.open(path, &format!("Accept-Encoding: {encoding}\r\n"));
        page.read_to_end(&mut Vec::new()).unwrap();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", running.child.id())).unwrap();
    let memory = status.split("VmRSS:").nth(1).unwrap();
    let kilobytes: u32 = memory.split_whitespace().next().unwrap().parse().unwrap();
    println!("{kilobytes} kB at rest");
    assert!(kilobytes <= 15 * 1_024, "it takes {kilobytes} kB");
}
