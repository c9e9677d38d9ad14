//! What it serves while it runs, what that costs, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::running::Running;

/// A header of the widget's, which has a verdict kept.
const WIDGET: &str = "X-Reqio-Project: demo\r\n";

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
        let _delayed = running.open("/api/features", WIDGET);
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
    for path in ["/p/demo", "/widget.js"] {
        let mut page = running.open(path, "");
        page.read_to_end(&mut Vec::new()).unwrap();
    }
    let kilobytes = running.kilobytes();
    println!("{kilobytes} kB at rest");
    assert!(kilobytes <= 15 * 1_024, "it takes {kilobytes} kB");
}

/// Whoever reads slowly, or not at all, holds its answer in the program's memory.
#[cfg(target_os = "linux")]
#[test]
fn slow_readers_of_the_verdicts_on_large_tokens_take_little() {
    let running = Running::start(&[]);
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let claims = format!(r#"{{"sub":1,"note":[{}1]}}"#, "[1,1],".repeat(900));
    for number in 0..1_000 {
        let header = part(&format!(r#"{{"alg":"HS512","kid":{number}}}"#));
        let token = format!("{header}.{}.AAAA", part(&claims));
        assert!(token.len() > 7_000);
        let answer = running.get(
            "/api/identity",
            &format!("Authorization: Bearer {token}\r\n"),
        );
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    }
    let before = running.kilobytes();
    let readers: Vec<_> = (0..64)
        .map(|_| {
            let mut reader = running.open("/sandbox/v1/verdicts", "");
            // The answer is there; the rest of it stays unread.
            assert_eq!(reader.read(&mut [0; 16]).unwrap(), 16);
            reader
        })
        .collect();
    let with = running.kilobytes();
    println!(
        "{before} kB after 1,000 large tokens, {with} kB with {} readers",
        readers.len()
    );
    assert!(before < 24 * 1_024, "{before} kB after 1,000 large tokens");
    assert!(with < 48 * 1_024, "{with} kB with 64 slow readers");
}
