//! Who comes to the sandbox of a server, and what they may do there. On Linux, where all of
//! 127.0.0.0/8 is this machine.
#![cfg(target_os = "linux")]

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
    time::timeout,
};

use super::LocalSandbox;
use crate::{config::PublicUrl, connections::Limits};

const PATIENCE: Duration = Duration::from_secs(60);
/// As many connections as the sandboxes here take, and half of them for one client.
const MOST: usize = 8;

/// The sandbox of a server whose `PUBLIC_URL` is `app`.
async fn start(app: &str, public_url: Option<&str>) -> SocketAddr {
    let url = |text| PublicUrl::parse(text, "PUBLIC_URL", "https://app.example.com").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (app, public_url) = (url(app), public_url.map(url));
    let opening = LocalSandbox::open(listener, public_url.as_ref(), &app);
    let sandbox = opening.await.unwrap();
    tokio::spawn(sandbox.serve(Limits::of(MOST), std::future::pending()));
    addr
}

async fn connect(from: &str, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    socket.connect(to).await.unwrap()
}

/// The status that a request is answered with, or nothing.
async fn ask(mut connection: TcpStream, line: &str, host: &str) -> String {
    let request = format!("{line} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    // It may be closed before it has read this.
    drop(connection.write_all(request.as_bytes()).await);
    let mut answer = Vec::new();
    let reading = timeout(PATIENCE, connection.read_to_end(&mut answer)).await;
    drop(reading.expect("the connection to be closed"));
    let answer = String::from_utf8_lossy(&answer);
    answer.chars().skip("HTTP/1.1 ".len()).take(3).collect()
}

#[tokio::test]
async fn once_others_reach_it_nobody_scripts_it_whatever_name_a_proxy_calls_it_by() {
    let (local, open) = ("http://localhost:3000", "https://app.example.com");
    let sandbox = "https://sandbox.example.com";
    for (app, public_url, status) in [
        (local, None, "204"),
        (local, Some("http://localhost:3001"), "204"),
        (local, Some(sandbox), "403"),
        (open, Some(sandbox), "403"),
    ] {
        let addr = start(app, public_url).await;
        let connection = connect("127.0.0.1", addr).await;
        let answered = ask(connection, "POST /sandbox/v1/reset", "localhost").await;
        assert_eq!(answered, status, "{app}, {public_url:?}");
    }
}

#[tokio::test]
async fn visitors_reach_it_under_the_name_it_is_given() {
    let addr = start(
        "https://app.example.com",
        Some("https://sandbox.example.com"),
    )
    .await;
    for (host, status) in [("sandbox.example.com", "200"), ("evil.test", "421")] {
        let connection = connect("127.0.0.1", addr).await;
        let answered = ask(connection, "GET /widget.js", host).await;
        assert_eq!(answered, status, "{host}");
    }
}

#[tokio::test]
async fn one_client_leaves_room_for_others_here_too() {
    let addr = start("http://localhost:3000", None).await;
    let mut greedy = Vec::new();
    for _ in 0..MOST / 2 {
        greedy.push(connect("127.0.0.1", addr).await);
    }
    let one_too_many = connect("127.0.0.1", addr).await;
    assert_eq!(ask(one_too_many, "GET /widget.js", "localhost").await, "");
    let other = connect("127.0.0.2", addr).await;
    assert_eq!(ask(other, "GET /widget.js", "localhost").await, "200");
}
