//! Clients that take and do not give way.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::Semaphore,
    time::timeout,
};

use super::serve;

/// How long to wait for what must happen. Only a test that fails waits this long.
const PATIENCE: Duration = Duration::from_secs(60);
/// As many connections as the servers here take.
const MAX: usize = 8;

/// A server that answers with a lot, and the permits that it has left.
async fn start() -> (SocketAddr, Arc<Semaphore>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let permits = Arc::new(Semaphore::new(MAX));
    let router = Router::new().route("/", get(async || "a lot to read ".repeat(1_000)));
    let serving = serve(
        listener,
        router,
        Arc::clone(&permits),
        std::future::pending(),
    );
    tokio::spawn(serving);
    (addr, permits)
}

async fn connect(to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    socket.connect(to).await.unwrap()
}

async fn status(connection: &mut TcpStream) -> [u8; 12] {
    let mut status = [0; 12];
    let reading = timeout(PATIENCE, connection.read_exact(&mut status)).await;
    reading.unwrap().unwrap();
    status
}

#[tokio::test]
async fn who_asks_and_never_reads_is_closed() {
    let (addr, permits) = start().await;
    let requests = "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(3_000);
    let mut clients = Vec::new();
    for _ in 0..MAX / 2 {
        let mut client = connect(addr).await;
        // The rest of the requests finds no room, as nobody reads the answers.
        let writing = client.write_all(requests.as_bytes());
        drop(timeout(Duration::from_millis(10), writing).await);
        clients.push(client);
    }
    // All but the one that the next connection has before it comes.
    let all_but_one = u32::try_from(MAX - 1).unwrap();
    let closed = timeout(PATIENCE, permits.acquire_many(all_but_one)).await;
    assert!(
        closed.is_ok(),
        "{} are open",
        MAX - permits.available_permits()
    );
}

#[tokio::test]
async fn at_most_so_many_connections_are_open_and_the_next_one_waits_for_its_turn() {
    let (addr, permits) = start().await;
    let mut held = Vec::new();
    for _ in 0..MAX {
        held.push(connect(addr).await);
    }
    let accepted = async {
        while permits.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, accepted).await.unwrap();
    let mut next = connect(addr).await;
    next.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .unwrap();
    let waits = timeout(Duration::from_millis(100), next.read_u8()).await;
    assert!(waits.is_err(), "{waits:?}");

    held.pop();
    assert_eq!(&status(&mut next).await, b"HTTP/1.1 200");
}

#[tokio::test]
async fn a_head_of_many_bytes_is_refused() {
    let (addr, _permits) = start().await;
    let mut client = connect(addr).await;
    let head = format!(
        "GET / HTTP/1.1\r\nx-padding: {}\r\n\r\n",
        "x".repeat(32 * 1_024)
    );
    // It is closed before all of it has arrived.
    drop(client.write_all(head.as_bytes()).await);
    assert_eq!(&status(&mut client).await, b"HTTP/1.1 431");
}

#[tokio::test]
async fn no_packet_waits_for_the_one_before_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let _client = connect(listener.local_addr().unwrap()).await;
    let (stream, ..) = super::accept(&listener, &Arc::new(Semaphore::new(1))).await;
    assert!(stream.nodelay().unwrap());
}
