//! People who use one or several servers without a pause, and remember what was acknowledged.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use reqwest::{Client, header::COOKIE};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::{Answer, PASSWORD, PATIENCE, Visitor};

const PEOPLE: usize = 4;
const PLANS: [(&str, &str, u64); 3] = [
    ("pro", "month", 2_900),
    ("scale", "year", 99_000),
    ("pro", "year", 29_000),
];
/// How long somebody waits who was not served.
const BEFORE_A_RETRY: Duration = Duration::from_millis(20);

/// Asks until the answer is yes.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let asking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(PATIENCE, asking).await;
    waited.unwrap_or_else(|_| panic!("{what} did not happen"));
}

/// People who sign up, in and out, change plans and ask for tokens until they are stopped.
pub(crate) struct Load {
    shared: Arc<Shared>,
    people: Vec<JoinHandle<Vec<User>>>,
}

/// What all of them know.
struct Shared {
    /// The servers that are asked, in turn.
    origins: Mutex<Vec<String>>,
    stopped: AtomicBool,
    answered: AtomicUsize,
    refused: AtomicUsize,
    cut_off: AtomicUsize,
}

/// What came of it.
pub(crate) struct Outcome {
    /// Requests that were answered 200.
    pub(crate) answered: usize,
    /// Requests that were answered 503.
    pub(crate) refused: usize,
    /// Requests whose answer did not arrive.
    pub(crate) cut_off: usize,
    users: Vec<User>,
}

/// Somebody whose sign-up was acknowledged.
struct User {
    email: String,
    /// `None` where nobody acknowledged whether the last session ended, or the next one began.
    cookie: Option<String>,
    /// Sessions whose end was acknowledged.
    ended: Vec<String>,
    /// The amount that was acknowledged last, and those that were asked for since.
    amounts: Vec<u64>,
}

impl Load {
    /// Begins at these servers. Nobody else may sign up with an email that has `name` in it.
    pub(crate) fn start(origins: &[&str], name: &str) -> Self {
        let shared = Arc::new(Shared {
            origins: Mutex::new(origins.iter().map(ToString::to_string).collect()),
            stopped: AtomicBool::new(false),
            answered: AtomicUsize::new(0),
            refused: AtomicUsize::new(0),
            cut_off: AtomicUsize::new(0),
        });
        let person = |number| live(Arc::clone(&shared), format!("{name}-{number}"));
        let people = (0..PEOPLE).map(|number| tokio::spawn(person(number)));
        let people = people.collect();
        Self { shared, people }
    }

    /// Waits until this many more requests were answered 200.
    pub(crate) async fn goes_on(&self, requests: usize) {
        let enough = self.shared.answered.load(Relaxed) + requests;
        until("that work goes on", async || {
            self.shared.answered.load(Relaxed) >= enough
        })
        .await;
    }

    /// Waits until as many more requests were refused as there are people.
    pub(crate) async fn is_refused(&self) {
        let enough = self.shared.refused.load(Relaxed) + PEOPLE;
        until("that requests are refused", async || {
            self.shared.refused.load(Relaxed) >= enough
        })
        .await;
    }

    /// Sends this server no more requests.
    pub(crate) fn hold_out(&self, origin: &str) {
        let mut origins = self.shared.origins.lock().unwrap();
        origins.retain(|other| other != origin);
    }

    /// Sends this server requests again.
    pub(crate) fn let_in(&self, origin: &str) {
        let mut origins = self.shared.origins.lock().unwrap();
        origins.push(origin.to_owned());
    }

    /// Lets everybody finish their last request.
    pub(crate) async fn stop(self) -> Outcome {
        self.shared.stopped.store(true, Relaxed);
        let mut users = Vec::new();
        for person in self.people {
            users.extend(person.await.unwrap());
        }
        Outcome {
            answered: self.shared.answered.load(Relaxed),
            refused: self.shared.refused.load(Relaxed),
            cut_off: self.shared.cut_off.load(Relaxed),
            users,
        }
    }
}

/// One person, under one new email after the other.
async fn live(shared: Arc<Shared>, name: String) -> Vec<User> {
    let client = Client::builder()
        .no_proxy()
        // A server that was stopped and started again is not asked on an old connection.
        .pool_max_idle_per_host(0)
        .timeout(PATIENCE);
    let person = Person {
        shared,
        client: client.build().unwrap(),
    };
    let mut users = Vec::new();
    for number in 0.. {
        if person.shared.stopped.load(Relaxed) {
            break;
        }
        let email = format!("{name}-{number}@example.com");
        let body = json!({ "name": "Ada", "email": email, "password": PASSWORD });
        if let Some(answer) = person.ask("sign_up", &body, None).await {
            let mut user = User {
                email,
                cookie: Some(session_of(&answer)),
                ended: Vec::new(),
                amounts: vec![0],
            };
            person.use_app(&mut user).await;
            users.push(user);
        }
    }
    users
}

struct Person {
    shared: Arc<Shared>,
    client: Client,
}

impl Person {
    async fn use_app(&self, user: &mut User) {
        for (plan, interval, amount) in PLANS {
            let cookie = user.cookie.as_deref();
            user.amounts.push(amount);
            let change = json!({ "plan": plan, "interval": interval });
            if let Some(answer) = self.ask("change_plan", &change, cookie).await {
                assert_eq!(answer.json()["amount"], amount);
                user.amounts = vec![amount];
            }
            if let Some(answer) = self.ask("identity_token", &json!({}), cookie).await {
                assert_eq!(answer.json()["expires_in"], 300);
            }
        }
        let Some(cookie) = user.cookie.take() else {
            return;
        };
        let signed_out = self.ask("sign_out", &json!({}), Some(&cookie)).await;
        if signed_out.is_some() {
            user.ended.push(cookie);
        }
        let credentials = json!({ "email": user.email, "password": PASSWORD });
        let signed_in = self.ask("sign_in", &credentials, None).await;
        user.cookie = signed_in.as_ref().map(session_of);
    }

    /// The answer, if it is 200. No other answer may come but 503.
    async fn ask(&self, endpoint: &str, body: &Value, cookie: Option<&str>) -> Option<Answer> {
        let origin = {
            let mut origins = self.shared.origins.lock().unwrap();
            origins.rotate_left(1);
            origins[0].clone()
        };
        let mut request = self.client.post(format!("{origin}/api/{endpoint}"));
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        let sent = request.json(body).send().await;
        let answer = match sent {
            Ok(response) => Answer::try_read(response).await,
            Err(_) => None,
        };
        match answer {
            Some(answer) if answer.status == 200 => {
                self.shared.answered.fetch_add(1, Relaxed);
                return Some(answer);
            }
            Some(answer) => {
                assert_unavailable(&answer);
                self.shared.refused.fetch_add(1, Relaxed);
            }
            None => {
                self.shared.cut_off.fetch_add(1, Relaxed);
            }
        }
        tokio::time::sleep(BEFORE_A_RETRY).await;
        None
    }
}

/// The session's cookie, as a request's `Cookie` header takes it.
pub(crate) fn session_of(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").into_iter();
    let pairs = cookies.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap());
    let session = pairs.into_iter().find(|pair| pair.contains("session="));
    session.unwrap().to_owned()
}

/// 503, and when to ask again.
#[track_caller]
pub(crate) fn assert_unavailable(answer: &Answer) {
    assert_eq!(answer.error(), (503, "unavailable".into()));
    assert_eq!(answer.header("retry-after"), Some("5"));
}

impl Outcome {
    /// Everything that was acknowledged is there, as each of these servers sees it.
    pub(crate) async fn assert_nothing_lost(&mut self, origins: &[&str]) {
        for user in &mut self.users {
            if user.cookie.is_none() {
                let body = json!({ "email": user.email, "password": PASSWORD });
                let answer = Visitor::new(origins[0]).call("sign_in", body).await;
                answer.ok();
                user.cookie = Some(session_of(&answer));
            }
            for origin in origins {
                let cookie = user.cookie.as_ref().unwrap();
                let found = Visitor::with_cookie(origin, cookie).user().await;
                assert_eq!(found["email"], user.email);
                let amount = found["amount"].as_u64().unwrap();
                assert!(
                    user.amounts.contains(&amount),
                    "{found}: {:?}",
                    user.amounts
                );
                for cookie in &user.ended {
                    let found = Visitor::with_cookie(origin, cookie).user().await;
                    assert!(found.is_null(), "{found} is signed in again");
                }
            }
        }
    }
}
