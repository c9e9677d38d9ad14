//! SIGTERM: what has begun is finished, what has not is not begun, and the process ends by itself.
#![cfg(unix)]

use std::{fs::File, net::TcpStream};

use serde_json::json;

use crate::support::{Connection, Dist, PASSWORD, PATIENCE, Process, Visitor};

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_process_ends() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::spawn(folder.path(), &[], &[]);
    let origin = process.origin();
    let mut connection = Connection::open(&origin).await;
    let body =
        json!({ "name": "Ada", "email": "ada@example.com", "password": PASSWORD }).to_string();
    let head =
        "POST /api/sign_up HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
    connection
        .write(&format!(
            "{head}content-length: {}\r\nexpect: 100-continue\r\n\r\n",
            body.len()
        ))
        .await;
    // The server asks for the body once it handles the request.
    connection.until("HTTP/1.1 100 Continue\r\n\r\n").await;
    process.terminate();
    let refused = async {
        while TcpStream::connect(origin.strip_prefix("http://").unwrap()).is_ok() {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, refused).await;
    waited.expect("no more connections to be taken");
    connection.write(&body).await;
    let answer = connection.answer().await;
    assert_eq!(answer.ok()["email"], "ada@example.com");
    assert_eq!(process.ended().code, Some(0));

    let mut restarted = Process::spawn(folder.path(), &[], &[]);
    let ada = Visitor::with_cookie(&restarted.origin(), &answer.cookie());
    assert_eq!(
        ada.user().await,
        answer.ok(),
        "what was acknowledged was kept"
    );
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_up_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::spawn(folder.path(), &[], &[]);
    let visitor = Visitor::new(&process.origin());
    assert_eq!(visitor.get("/healthz").await.status, 200);
    process.terminate();
    let ended = process.ended();
    assert_eq!(ended.code, Some(0));
    assert!(!ended.stderr.contains("cut off"), "{}", ended.stderr);
}

#[tokio::test]
async fn a_visitor_who_reads_no_further_cannot_hold_up_the_end() {
    let dist = Dist::new();
    let more_than_any_buffer = 64 * 1024 * 1024;
    File::create(dist.path().join("dist/large.wasm"))
        .unwrap()
        .set_len(more_than_any_buffer)
        .unwrap();
    let (process, origin) = dist.serve(&[]);
    let mut connection = Connection::open(&origin).await;
    connection
        .write("GET /large.wasm HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await;
    connection.until("HTTP/1.1 200 OK\r\n").await;
    process.terminate();
    let ended = process.ended();
    assert_eq!(ended.code, Some(0));
    assert!(ended.stderr.contains("cut off"), "{}", ended.stderr);
}
