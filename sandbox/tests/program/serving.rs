//! What it serves while it runs, what that costs, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::running::Running;

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
    // As a browser would, which has it compressed. What compresses is many times larger
    // unoptimised.
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
