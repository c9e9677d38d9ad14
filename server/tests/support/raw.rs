//! A connection on which a test writes every byte itself, as no well-behaved client would.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

use super::{Answer, PATIENCE};

/// One connection to the server.
pub(crate) struct Connection(TcpStream);

impl Connection {
    /// Connects to `origin`, such as `http://127.0.0.1:3000`.
    pub(crate) async fn open(origin: &str) -> Self {
        Self(
            TcpStream::connect(origin.strip_prefix("http://").unwrap())
                .await
                .unwrap(),
        )
    }

    /// The same, as one of the many clients that a machine can be where all of 127.0.0.0/8 is its
    /// own.
    #[cfg(target_os = "linux")]
    pub(crate) async fn open_as(client: u8, origin: &str) -> Self {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        let from = std::net::SocketAddr::from(([127, 0, 0, client], 0));
        socket.bind(from).unwrap();
        let to = origin.strip_prefix("http://").unwrap().parse().unwrap();
        Self(socket.connect(to).await.unwrap())
    }

    /// Sends a request with this target, to the letter, and reads the answer.
    pub(crate) async fn get(origin: &str, target: &str) -> Answer {
        let mut connection = Self::open(origin).await;
        connection
            .write(&format!(
                "GET {target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
            ))
            .await;
        connection.answer().await
    }

    pub(crate) async fn write(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// Writes for as long as the other side reads, and says whether it still did in the end.
    pub(crate) async fn try_write(&mut self, text: &str) -> bool {
        self.0.write_all(text.as_bytes()).await.is_ok()
    }

    /// Waits until the server says this next, and reads no further.
    pub(crate) async fn until(&mut self, text: &str) {
        let mut read = vec![0; text.len()];
        timeout(PATIENCE, self.0.read_exact(&mut read))
            .await
            .expect("the server to say something")
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&read), text);
    }

    /// Waits until the server closes the connection, whatever it says before.
    pub(crate) async fn closes(&mut self) {
        let mut read = Vec::new();
        drop(
            timeout(PATIENCE, self.0.read_to_end(&mut read))
                .await
                .expect("the server to close the connection"),
        );
    }

    /// Everything the server says until it closes the connection, as one answer.
    pub(crate) async fn answer(&mut self) -> Answer {
        let mut read = Vec::new();
        let reading = timeout(PATIENCE, self.0.read_to_end(&mut read))
            .await
            .expect("an answer, and then the end");
        // A server that refuses a body half-way may reset the connection after its answer.
        drop(reading);
        parse(&read)
    }
}

fn parse(read: &[u8]) -> Answer {
    let end = read.windows(4).position(|window| window == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {}", String::from_utf8_lossy(read)));
    let head = std::str::from_utf8(&read[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines
        .next()
        .unwrap()
        .split(' ')
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    let headers = lines.map(|line| {
        let (name, value) = line.split_once(": ").unwrap();
        (
            name.parse::<HeaderName>().unwrap(),
            value.parse::<HeaderValue>().unwrap(),
        )
    });
    Answer {
        status,
        headers: headers.collect::<HeaderMap>(),
        body: read[end + 4..].to_vec(),
    }
}
