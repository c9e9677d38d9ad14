//! Long runs, by hand:
//! `cargo test -p server --release --test program -- --ignored --nocapture soak`.
#![cfg(target_os = "linux")]

use std::{
    fs,
    path::Path,
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::json;
use tokio::task::JoinHandle;

use crate::support::{Answer, Connection, PASSWORD, Process, Visitor};

const MIXED_LOAD: Duration = Duration::from_secs(600);
const BETWEEN_SAMPLES: Duration = Duration::from_secs(10);
/// What the allocator and the database's caches may add in the second half.
const MOST_GROWTH_KB: u64 = 8 * 1024;

const HALF_OPEN: Duration = Duration::from_secs(60);
const HALF_OPEN_CONNECTIONS: usize = 1_000;
const BETWEEN_HEALTH_CHECKS: Duration = Duration::from_millis(100);

/// A server that starts with as few file descriptors as systems commonly give.
fn server(folder: &Path) -> Process {
    let mut command = Command::new("sh");
    command
        .args([
            "-c",
            "ulimit -Sn 1024; exec \"$0\"",
            env!("CARGO_BIN_EXE_server"),
        ])
        .current_dir(folder);
    command
        .env("ADDR", "127.0.0.1:0")
        .env("SANDBOX_ADDR", "127.0.0.1:0");
    command
        .env("SIGN_IN_LIMIT", "1000000")
        .env("RUST_LOG", "warn,server::command_line=info");
    Process::start(command)
}

/// Resident memory in kB, and open file descriptors.
fn sample(process: &Process) -> (u64, usize) {
    let open = fs::read_dir(format!("/proc/{}/fd", process.id())).unwrap();
    (process.resident_memory(), open.count())
}

/// Somebody who signs in, looks around, changes plan and signs out, again and again.
async fn customer(
    visitor: Visitor,
    email: &'static str,
    until: Instant,
    answered: Arc<AtomicUsize>,
) {
    let well = |answer: Answer| {
        assert_eq!(answer.status, 200, "{answer:?}");
        answered.fetch_add(1, Ordering::Relaxed);
    };
    while Instant::now() < until {
        well(
            visitor
                .call(
                    "sign_in",
                    json!({ "email": email, "password": "reqio-demo" }),
                )
                .await,
        );
        for plan in ["pro", "scale"].repeat(10) {
            well(visitor.call("session", json!({})).await);
            well(
                visitor
                    .call("change_plan", json!({ "plan": plan, "interval": "month" }))
                    .await,
            );
            well(visitor.call("identity_token", json!({})).await);
            well(visitor.get("/server-rendered").await);
            well(visitor.get("/healthz").await);
        }
        well(visitor.call("sign_out", json!({})).await);
    }
}

/// Strangers who sign up, fail to sign in, and leave.
async fn strangers(origin: String, until: Instant, answered: Arc<AtomicUsize>) {
    for number in 0.. {
        if Instant::now() >= until {
            break;
        }
        let (visitor, email) = (Visitor::new(&origin), format!("user{number}@example.com"));
        assert_eq!(visitor.sign_up(&email).await.status, 200);
        let wrong = visitor
            .call(
                "sign_in",
                json!({ "email": email, "password": format!("{PASSWORD}?") }),
            )
            .await;
        assert_eq!(wrong.status, 401);
        assert_eq!(visitor.call("sign_out", json!({})).await.status, 200);
        answered.fetch_add(3, Ordering::Relaxed);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes ten minutes"]
async fn soak_of_mixed_load_leaves_memory_and_file_descriptors_flat() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = server(folder.path());
    let origin = process.origin();
    let (until, answered) = (Instant::now() + MIXED_LOAD, Arc::new(AtomicUsize::new(0)));
    let mut visits: Vec<JoinHandle<()>> = ["free@acme.test", "pro@acme.test", "scale@acme.test"]
        .map(|email| {
            tokio::spawn(customer(
                Visitor::new(&origin),
                email,
                until,
                Arc::clone(&answered),
            ))
        })
        .into();
    visits.push(tokio::spawn(strangers(
        origin,
        until,
        Arc::clone(&answered),
    )));
    let mut samples = Vec::new();
    let mut moments = tokio::time::interval(BETWEEN_SAMPLES);
    while Instant::now() < until {
        moments.tick().await;
        samples.push(sample(&process));
    }
    for visit in visits {
        visit.await.unwrap();
    }
    let most = |half: &[(u64, usize)]| {
        let (memory, descriptors): (Vec<_>, Vec<_>) = half.iter().copied().unzip();
        (
            memory.into_iter().max().unwrap(),
            descriptors.into_iter().max().unwrap(),
        )
    };
    let (early, late) = samples.split_at(samples.len() / 2);
    let ((memory, descriptors), (later_memory, later_descriptors)) = (most(early), most(late));
    println!(
        "{} requests; at most {memory} kB and {descriptors} descriptors in the first half, \
         {later_memory} kB and {later_descriptors} in the second",
        answered.load(Ordering::Relaxed)
    );
    assert!(
        later_memory <= memory + MOST_GROWTH_KB && later_descriptors <= descriptors + 4,
        "{samples:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute and 1,000 connections"]
async fn soak_of_1000_half_open_connections_holds_nobody_else_up() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = server(folder.path());
    let origin = process.origin();
    let until = Instant::now() + HALF_OPEN;
    let idlers: Vec<_> = (0..HALF_OPEN_CONNECTIONS)
        .map(|number| {
            let origin = origin.clone();
            // None of them takes more than a client's share.
            let client = u8::try_from(2 + number % 4).unwrap();
            tokio::spawn(async move {
                let mut closed = 0;
                while Instant::now() < until {
                    let mut connection = Connection::open_as(client, &origin).await;
                    connection
                        .write("GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow")
                        .await;
                    connection.closes().await;
                    closed += 1;
                }
                closed
            })
        })
        .collect();
    let mut waits = Vec::new();
    let mut moments = tokio::time::interval(BETWEEN_HEALTH_CHECKS);
    while Instant::now() < until {
        moments.tick().await;
        let asked = Instant::now();
        // A connection of its own, as whoever watches over a server has one.
        assert_eq!(Visitor::new(&origin).get("/healthz").await.status, 200);
        waits.push(asked.elapsed());
    }
    let mut closed = 0;
    for idler in idlers {
        closed += idler.await.unwrap();
    }
    waits.sort_unstable();
    let (median, high, most) = (
        waits[waits.len() / 2],
        waits[waits.len() * 99 / 100],
        waits[waits.len() - 1],
    );
    println!(
        "{closed} connections closed; /healthz {} times: {median:?}, p99 {high:?}, at most \
         {most:?}",
        waits.len()
    );
    assert!(closed >= HALF_OPEN_CONNECTIONS);
}
