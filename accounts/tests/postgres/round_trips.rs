//! How often PostgreSQL is asked: each time costs as long as the way there and back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::SystemTime,
};

use accounts::{Accounts, Client, Mode};
use test_database::TestDatabase;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

use crate::support::{ADA, HOME, PASSWORD, client, sign_in, sign_up};

/// A way to PostgreSQL on which what is asked is counted: the times that somebody speaks there
/// after it has answered.
async fn counted_way(url: &str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = listener.local_addr().unwrap().to_string();
    let (_, there) = url.split_once('@').unwrap();
    let (there, _) = there.split_once('/').unwrap();
    let (through, there) = (url.replace(there, &here), there.to_owned());
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let database = TcpStream::connect(&there).await.unwrap();
            tokio::spawn(carry(client, database, Arc::clone(&counter)));
        }
    });
    (through, asked)
}

async fn carry(mut client: TcpStream, mut database: TcpStream, asked: Arc<AtomicUsize>) {
    let (mut question, mut answer) = ([0; 16 * 1024], [0; 16 * 1024]);
    let mut has_answered = true;
    loop {
        tokio::select! {
            Ok(length @ 1..) = client.read(&mut question) => {
                asked.fetch_add(usize::from(has_answered), Relaxed);
                has_answered = false;
                database.write_all(&question[..length]).await.unwrap();
            }
            Ok(length @ 1..) = database.read(&mut answer) => {
                has_answered = true;
                client.write_all(&answer[..length]).await.unwrap();
            }
            else => break,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_takes_one_round_trip_and_one_after_it() {
    let database = TestDatabase::in_postgres();
    let (url, asked) = counted_way(&database.url).await;
    let limit = 1_000.try_into().unwrap();
    let accounts = Accounts::open(&url.parse().unwrap(), Mode::Real, limit)
        .await
        .unwrap();
    let signed_up = sign_up(&accounts, ADA).await;
    let token = async || {
        let found = accounts.resume_unattended(&signed_up.session, SystemTime::now());
        assert!(found.await.unwrap().is_some());
    };
    let browser = Client {
        device: Some(signed_up.device.clone()),
        ..client(HOME)
    };
    let sign_in = async || {
        sign_in(&accounts, PASSWORD, &browser, SystemTime::now())
            .await
            .unwrap();
    };
    // Until all statements are prepared on every connection, which are used in turns.
    for _ in 0..30 {
        token().await;
    }
    for _ in 0..30 {
        sign_in().await;
    }
    assert_eq!(usual(&asked, token).await, 2);
    // On a busy machine connections are idle for a second, and tested once more.
    let trips = usual(&asked, sign_in).await;
    assert!((12..=14).contains(&trips), "{trips}");
}

/// How often it is asked for one such thing. A connection that was idle for a second is asked once
/// more whether it lives, which may happen on a busy machine.
async fn usual(asked: &AtomicUsize, thing: impl AsyncFn()) -> usize {
    let mut trips = Vec::new();
    for _ in 0..15 {
        let before = asked.load(Relaxed);
        thing().await;
        trips.push(asked.load(Relaxed) - before);
    }
    trips.sort_unstable();
    trips[trips.len() / 2]
}
