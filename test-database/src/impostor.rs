//! What stands where a PostgreSQL is expected, and turns everybody away.

use std::{
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    thread,
};

/// Reads who wants to connect, answers or does not, and hangs up. Lives as long as the process.
#[derive(Debug)]
pub struct Impostor {
    addr: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Impostor {
    /// One that hangs up without a word.
    ///
    /// # Errors
    /// When this machine has no port for it.
    pub fn silent() -> io::Result<Self> {
        Self::start(Vec::new())
    }

    /// One that answers with an error of this SQLSTATE.
    ///
    /// # Errors
    /// When this machine has no port for it.
    pub fn refusing(sqlstate: &str) -> io::Result<Self> {
        let fields = format!("SFATAL\0VFATAL\0C{sqlstate}\0Mnot now\0\0");
        let length = u32::try_from(fields.len() + 4).map_err(io::Error::other)?;
        Self::start([b"E", &length.to_be_bytes()[..], fields.as_bytes()].concat())
    }

    fn start(answer: Vec<u8>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let addr = listener.local_addr()?;
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                count.fetch_add(1, Relaxed);
                // Whoever hangs up first gets no answer.
                drop(turn_away(&connection, &answer));
            }
        });
        Ok(Self { addr, asked })
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://ada@{}/app?sslmode=disable", self.addr)
    }

    /// How often somebody wanted to connect.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Relaxed)
    }
}

fn turn_away(mut connection: &TcpStream, answer: &[u8]) -> io::Result<()> {
    // The startup message begins with its length, which counts itself.
    let mut length = [0; 4];
    connection.read_exact(&mut length)?;
    let rest = u64::from(u32::from_be_bytes(length)).saturating_sub(4);
    io::copy(&mut connection.take(rest), &mut io::sink())?;
    connection.write_all(answer)
}
