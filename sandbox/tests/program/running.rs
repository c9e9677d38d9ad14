//! The program as a child of a test.

use std::io::{BufRead, BufReader, Read, Write, read_to_string};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The program with a clean environment.
pub(crate) fn sandbox() -> Command {
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
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) introduction: String,
    pub(crate) port: u16,
}

impl Running {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::spawn(sandbox().args(arguments))
    }

    pub(crate) fn spawn(command: &mut Command) -> Self {
        // Another port than the usual one, which somebody may be using.
        let mut child = command
            .env("SANDBOX_ADDR", "127.0.0.1:0")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut introduction = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        while !introduction.contains("Ctrl-C") {
            if output.read_line(&mut introduction).unwrap() == 0 {
                let log = read_to_string(child.stderr.take().unwrap()).unwrap();
                panic!("it ended after {introduction:?}\n{log}");
            }
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
    pub(crate) fn get(&self, path: &str, headers: &str) -> String {
        let mut answer = String::new();
        self.open(path, headers)
            .read_to_string(&mut answer)
            .unwrap();
        answer
    }

    /// A call of `/sandbox/v1/`.
    pub(crate) fn put(&self, path: &str, body: &str) {
        let length = body.len();
        let headers = format!("Content-Type: application/json\r\nContent-Length: {length}\r\n");
        let mut answer = String::new();
        let mut stream = self.send("PUT", &format!("/sandbox/v1/{path}"), &headers, body);
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    }

    pub(crate) fn open(&self, path: &str, headers: &str) -> TcpStream {
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
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\n\
             Connection: close\r\n{headers}\r\n{body}"
        )
        .unwrap();
        stream
    }

    /// What it has of this machine's memory now.
    #[cfg(target_os = "linux")]
    pub(crate) fn kilobytes(&self) -> u32 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let memory = status.split("VmRSS:").nth(1).unwrap();
        memory.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Asks it to end, and answers whether it did so well.
    pub(crate) fn end(mut self, signal: &str) -> bool {
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
        // A test that fails shows the log.
        if std::thread::panicking() {
            let log = read_to_string(self.child.stderr.take().unwrap());
            println!("{}", log.unwrap_or_default());
        }
    }
}
