//! Clients that take and do not give way. On Linux, where all of 127.0.0.0/8 is this machine.
#![cfg(target_os = "linux")]

use std::{sync::Arc, time::Duration};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::Semaphore,
    time::timeout,
};

use super::{Limits, serve};

/// How long to wait for what must happen. Only a test that fails waits this long.
const PATIENCE: Duration = Duration::from_secs(60);
/// As many connections as the servers here take, and half of them for one client.
const MOST: usize = 8;

/// A server that answers with a lot, and what is open there.
async fn start(write_time: Duration) -> (std::net::SocketAddr, Arc<Semaphore>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let limits = Limits {
        write_time,
        ..Limits::of(MOST)
    };
    let open = Arc::clone(&limits.open);
    let router = Router::new().route("/", get(async || "a lot to read ".repeat(1_000)));
    tokio::spawn(serve(listener, router, limits, std::future::pending()));
    (addr, open)
}

/// A connection from `from`, which tells this client from others.
async fn connect(from: &str, to: std::net::SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    socket.bind(format!("{from}:0").parse().unwrap()).unwrap();
    socket.connect(to).await.unwrap()
}

/// Waits until nothing is open but the next connection, which has its permit before it comes.
async fn all_close(open: &Semaphore) -> bool {
    let all_but_one = u32::try_from(MOST - 1).unwrap();
    timeout(PATIENCE, open.acquire_many(all_but_one))
        .await
        .is_ok()
}

async fn ask(connection: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let request = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    connection.write_all(request).await?;
    let mut answer = Vec::new();
    timeout(PATIENCE, connection.read_to_end(&mut answer)).await??;
    Ok(answer)
}

#[tokio::test]
async fn who_asks_and_never_reads_is_closed() {
    let (addr, open) = start(Duration::from_millis(100)).await;
    let requests = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(3_000);
    let mut deaf = Vec::new();
    for _ in 0..MOST / 2 {
        let mut connection = connect("127.0.0.1", addr).await;
        // The rest of them finds no room, as nobody reads the answers.
        drop(
            timeout(
                Duration::from_millis(10),
                connection.write_all(requests.as_bytes()),
            )
            .await,
        );
        deaf.push(connection);
    }
    let closed = all_close(&open).await;
    assert!(closed, "{} are open", MOST - open.available_permits());
}

#[tokio::test]
async fn one_client_leaves_room_for_others() {
    let (addr, open) = start(PATIENCE).await;
    let mut greedy = Vec::new();
    for _ in 0..MOST / 2 {
        greedy.push(connect("127.0.0.1", addr).await);
    }
    let mut one_too_many = connect("127.0.0.1", addr).await;
    let answer = ask(&mut one_too_many).await;
    assert!(
        answer.is_err() || answer.unwrap().is_empty(),
        "it was served"
    );
    let mut other = connect("127.0.0.2", addr).await;
    assert!(ask(&mut other).await.unwrap().starts_with(b"HTTP/1.1 200"));

    drop(greedy);
    assert!(all_close(&open).await);
    let mut again = connect("127.0.0.1", addr).await;
    assert!(ask(&mut again).await.unwrap().starts_with(b"HTTP/1.1 200"));
}

#[tokio::test]
async fn at_most_so_many_connections_are_open_and_the_next_one_waits_for_its_turn() {
    let (addr, open) = start(PATIENCE).await;
    let mut held = Vec::new();
    for client in 0..MOST {
        // Two clients, each with its share.
        let from = format!("127.0.0.{}", 1 + client % 2);
        held.push(connect(&from, addr).await);
    }
    let accepted = async {
        while open.available_permits() > 0 {
            tokio::task::yield_now().await
        }
    };
    timeout(PATIENCE, accepted).await.unwrap();
    let mut next = connect("127.0.0.3", addr).await;
    let waits = timeout(Duration::from_millis(100), ask(&mut next)).await;
    assert!(waits.is_err(), "{waits:?}");

    held.pop();
    let mut answer = [0; 12];
    timeout(PATIENCE, next.read_exact(&mut answer))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
}

#[tokio::test]
async fn a_head_of_many_bytes_is_refused() {
    let (addr, _open) = start(PATIENCE).await;
    let mut connection = connect("127.0.0.1", addr).await;
    let head = format!(
        "GET / HTTP/1.1\r\nx-padding: {}\r\n\r\n",
        "x".repeat(32 * 1_024)
    );
    // It is closed before all of it has arrived.
    drop(connection.write_all(head.as_bytes()).await);
    let mut answer = [0; 12];
    timeout(PATIENCE, connection.read_exact(&mut answer))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(&answer, b"HTTP/1.1 431");
}

#[tokio::test]
async fn no_packet_waits_for_the_one_before_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let _client = connect("127.0.0.1", listener.local_addr().unwrap()).await;
    let (stream, ..) = super::accept(&listener, Arc::new(Semaphore::new(1)))
        .await
        .unwrap();
    assert!(stream.nodelay().unwrap());
}
