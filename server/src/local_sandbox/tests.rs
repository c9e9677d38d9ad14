//! Who may do what with the sandbox of a server.

use std::{net::SocketAddr, sync::Arc};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};

use super::open;
use crate::connections::serve;

/// The sandbox at `url` of a server at `app`.
async fn start(app: &str, url: &str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let (app, url) = (app.parse().unwrap(), url.parse().unwrap());
    let router = open(&url, &app).unwrap().router();
    let permits = Arc::new(Semaphore::new(1));
    tokio::spawn(serve(listener, router, permits, std::future::pending()));
    addr
}

/// The status of the answer to a request.
async fn ask(addr: SocketAddr, line: &str, host: &str) -> String {
    let mut connection = TcpStream::connect(addr).await.unwrap();
    let request = format!("{line} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    answer.chars().skip("HTTP/1.1 ".len()).take(3).collect()
}

#[tokio::test]
async fn once_others_reach_it_nobody_scripts_it_whatever_name_a_proxy_calls_it_by() {
    let (local, open) = ("http://localhost:3000", "https://app.example.com");
    let sandbox = "https://sandbox.example.com";
    for (app, url, status) in [
        (local, "http://localhost:3001", "204"),
        (local, sandbox, "403"),
        (open, sandbox, "403"),
    ] {
        let addr = start(app, url).await;
        let answered = ask(addr, "POST /sandbox/v1/reset", "localhost").await;
        assert_eq!(answered, status, "{app}, {url}");
    }
}

#[tokio::test]
async fn visitors_reach_it_under_the_name_it_is_given() {
    let addr = start("https://app.example.com", "https://sandbox.example.com").await;
    for (host, status) in [("sandbox.example.com", "200"), ("evil.test", "421")] {
        assert_eq!(ask(addr, "GET /widget.js", host).await, status, "{host}");
    }
}
