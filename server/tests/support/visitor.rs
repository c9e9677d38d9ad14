//! A visitor: one browser's worth of cookies.

use reqwest::{
    Client, Method, RequestBuilder,
    header::{COOKIE, HeaderMap},
    redirect::Policy,
};
use serde_json::{Value, json};

use super::{Answer, PASSWORD, PATIENCE};

/// Somebody who keeps cookies and follows no redirect.
#[derive(Clone)]
pub(crate) struct Visitor {
    client: Client,
    origin: String,
}

impl Visitor {
    pub(crate) fn new(origin: &str) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .redirect(Policy::none())
            .no_proxy()
            .timeout(PATIENCE);
        Self {
            client: client.build().unwrap(),
            origin: origin.to_owned(),
        }
    }

    /// Somebody who sends this cookie, wherever they have it from, and keeps no other.
    pub(crate) fn with_cookie(origin: &str, cookie: &str) -> Self {
        let headers = HeaderMap::from_iter([(COOKIE, cookie.parse().unwrap())]);
        let client = Client::builder()
            .default_headers(headers)
            .redirect(Policy::none())
            .no_proxy()
            .timeout(PATIENCE);
        Self {
            client: client.build().unwrap(),
            origin: origin.to_owned(),
        }
    }

    /// A request of any kind, to be finished and then sent with [`send`](Self::send).
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.origin))
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// Waits until the server says that it can do its work. It looks once a second at most.
    pub(crate) async fn until_ready(&self) {
        let ready = async { while self.get("/readyz").await.status != 200 {} };
        let waited = tokio::time::timeout(PATIENCE, ready).await;
        waited.expect("/readyz to notice");
    }

    /// Calls a server function the way the app's own page does.
    pub(crate) async fn call(&self, endpoint: &str, body: Value) -> Answer {
        let request = self
            .request(Method::POST, &format!("/api/{endpoint}"))
            .header("sec-fetch-site", "same-origin");
        self.send(request.json(&body)).await
    }

    /// The same, or `None` if the server ends before its answer has.
    pub(crate) async fn try_call(&self, endpoint: &str, body: Value) -> Option<Answer> {
        let request = self
            .request(Method::POST, &format!("/api/{endpoint}"))
            .header("sec-fetch-site", "same-origin");
        Answer::try_read(request.json(&body).send().await.ok()?).await
    }

    /// Calls a server function with a body that may be anything.
    pub(crate) async fn call_with(&self, endpoint: &str, body: impl Into<reqwest::Body>) -> Answer {
        let request = self.request(Method::POST, &format!("/api/{endpoint}"));
        self.send(
            request
                .header("content-type", "application/json")
                .body(body),
        )
        .await
    }

    /// Signs in as a demo customer.
    pub(crate) async fn sign_in(&self, email: &str) -> Value {
        self.call(
            "sign_in",
            json!({ "email": email, "password": "reqio-demo" }),
        )
        .await
        .ok()
    }

    /// Signs up with [`PASSWORD`].
    pub(crate) async fn sign_up(&self, email: &str) -> Answer {
        self.call(
            "sign_up",
            json!({ "name": "Ada", "email": email, "password": PASSWORD }),
        )
        .await
    }

    /// A fresh token of the signed-in user.
    pub(crate) async fn token(&self) -> String {
        self.call("identity_token", json!({})).await.ok()["token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Who the server says this is.
    pub(crate) async fn user(&self) -> Value {
        self.call("session", json!({})).await.ok()["user"].clone()
    }
}
