//! `kill -9` under write load: what was acknowledged is there, the database is whole, and the next
//! start is a quick one.

use std::{
    hash::{BuildHasher as _, RandomState},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};
use tokio::{sync::Notify, task::JoinHandle};

use crate::support::{Answer, PASSWORD, Process, Visitor};

const ROUNDS: usize = 50;
const WRITERS: usize = 4;
const NEW_PASSWORD: &str = "battery staple";
/// The longest that the writers write before the end comes.
const LONGEST_LOAD: Duration = Duration::from_millis(200);
/// A start takes a small part of this. A machine that is busy with other tests is granted the rest.
const LONGEST_START: Duration = Duration::from_secs(20);

/// A user as last acknowledged, and as asked for when the server ended.
struct Acknowledged {
    /// `None` once they have signed out, or asked for an end of the session that nobody
    /// acknowledged.
    cookie: Option<String>,
    /// Sessions that a password change or a sign-out has ended.
    ended: Vec<String>,
    /// Whether another password was acknowledged.
    has_new_password: bool,
    user: Value,
    asked: Value,
}

impl Acknowledged {
    fn new(sign_up: &Answer) -> Self {
        Self {
            cookie: Some(sign_up.cookie()),
            ended: Vec::new(),
            has_new_password: false,
            user: sign_up.ok(),
            asked: sign_up.ok(),
        }
    }
}

/// Signs users up, changes their plans and passwords and signs some of them out, until the server
/// is gone.
async fn write(origin: String, name: String, acknowledged: Arc<Notify>) -> Vec<Acknowledged> {
    let mut users = Vec::new();
    for number in 0.. {
        let visitor = Visitor::new(&origin);
        let email = format!("{name}-{number}@example.com");
        let body = json!({ "name": "Ada", "email": email, "password": PASSWORD });
        let Some(answer) = visitor.try_call("sign_up", body).await else {
            break;
        };
        users.push(Acknowledged::new(&answer));
        acknowledged.notify_one();
        let last = users.last_mut().unwrap();
        for (plan, interval, amount) in [
            ("pro", "month", 2_900),
            ("scale", "year", 99_000),
            ("pro", "year", 29_000),
        ] {
            for (member, value) in [
                ("plan", json!(plan)),
                ("interval", json!(interval)),
                ("amount", json!(amount)),
            ] {
                last.asked[member] = value;
            }
            let Some(answer) = visitor
                .try_call("change_plan", json!({ "plan": plan, "interval": interval }))
                .await
            else {
                return users;
            };
            assert_eq!(answer.ok(), last.asked);
            last.user = last.asked.clone();
        }
        let passwords = json!({ "current_password": PASSWORD, "new_password": NEW_PASSWORD });
        let signed_up_with = last.cookie.take();
        let Some(answer) = visitor.try_call("change_password", passwords).await else {
            break;
        };
        assert_eq!(answer.status, 200);
        last.ended.extend(signed_up_with);
        last.has_new_password = true;
        let changed_to = answer.cookie();
        if number % 2 == 0 {
            last.cookie = Some(changed_to);
            continue;
        }
        if visitor.try_call("sign_out", json!({})).await.is_none() {
            break;
        }
        last.ended.push(changed_to);
    }
    users
}

/// Whether every user is there as acknowledged, or as asked for when nobody was left to acknowledge
/// it, and every session that was ended stays so.
async fn are_there(origin: &str, users: &[Acknowledged], round: usize) {
    for Acknowledged {
        cookie,
        ended,
        user,
        asked,
        ..
    } in users
    {
        if let Some(cookie) = cookie {
            let found = Visitor::with_cookie(origin, cookie).user().await;
            assert!(
                found == *user || found == *asked,
                "round {round}: {found} instead of {user} or {asked}"
            );
        }
        for cookie in ended {
            let found = Visitor::with_cookie(origin, cookie).user().await;
            assert!(found.is_null(), "round {round}: {found} is signed in again");
        }
    }
}

/// Whether an acknowledged password is the one that opens, and the one before it is not.
async fn open_with_their_passwords(origin: &str, users: &[Acknowledged], round: usize) {
    for user in users.iter().filter(|user| user.has_new_password) {
        for (password, status) in [(NEW_PASSWORD, 200), (PASSWORD, 401)] {
            let body = json!({ "email": user.user["email"], "password": password });
            let answer = Visitor::new(origin).call("sign_in", body).await;
            assert_eq!(answer.status, status, "round {round}: {}", user.user);
        }
    }
}

async fn is_whole(database: &Path) {
    let mut connection = SqliteConnectOptions::new()
        .filename(database)
        .connect()
        .await
        .unwrap();
    let verdict: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(verdict, "ok");
    connection.close().await.unwrap();
}

async fn start(folder: &Path) -> (Process, String, Duration) {
    let began = Instant::now();
    let mut process = Process::spawn(folder, &[("SIGN_IN_LIMIT", "1000000")], &[]);
    let origin = process.origin();
    assert_eq!(Visitor::new(&origin).get("/healthz").await.status, 200);
    (process, origin, began.elapsed())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_50_kills_under_write_load_none_loses_what_was_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let (mut process, mut origin, _) = start(folder.path()).await;
    let mut users: Vec<Acknowledged> = Vec::new();
    let mut starts = Vec::new();
    for round in 0..ROUNDS {
        let acknowledged = Arc::new(Notify::new());
        let writers: Vec<JoinHandle<Vec<Acknowledged>>> = (0..WRITERS)
            .map(|writer| {
                tokio::spawn(write(
                    origin.clone(),
                    format!("{round}-{writer}"),
                    Arc::clone(&acknowledged),
                ))
            })
            .collect();
        acknowledged.notified().await;
        let moment =
            RandomState::new().hash_one(round) % u64::try_from(LONGEST_LOAD.as_micros()).unwrap();
        tokio::time::sleep(Duration::from_micros(moment)).await;
        drop(process);
        let known = users.len();
        for writer in writers {
            users.extend(writer.await.unwrap());
        }
        assert!(users.len() > known, "round {round} wrote nothing");

        let took;
        (process, origin, took) = start(folder.path()).await;
        starts.push(took);
        are_there(&origin, &users[known..], round).await;
        open_with_their_passwords(&origin, &users[known..], round).await;
        is_whole(&folder.path().join("demo.db")).await;
    }
    are_there(&origin, &users, ROUNDS).await;
    starts.sort_unstable();
    let slowest = starts[ROUNDS - 1];
    println!(
        "{} users acknowledged; back in {:?}, at most {slowest:?}",
        users.len(),
        starts[ROUNDS / 2]
    );
    assert!(slowest < LONGEST_START, "{slowest:?}");
}
