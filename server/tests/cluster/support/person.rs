//! Somebody with one browser's session, who may go to any door.

use reqwest::{Client, header::COOKIE};
use serde_json::{Value, json};

use super::{Answer, PASSWORD, PATIENCE};

/// Somebody. Their cookie is for https alone, and travels by hand where a test uses another door.
#[derive(Clone)]
pub(crate) struct Person {
    client: Client,
    pub(crate) email: String,
    pub(crate) cookie: Option<String>,
}

impl Person {
    /// Somebody new, on the machine 127.0.0.`machine`.
    pub(crate) fn new(email: &str, machine: u8) -> Self {
        let client = Client::builder()
            .local_address(std::net::IpAddr::from([127, 0, 0, machine]))
            // A connection each time, as so many people would have one each.
            .pool_max_idle_per_host(0)
            .no_proxy()
            .timeout(PATIENCE);
        Self {
            client: client.build().unwrap(),
            email: email.to_owned(),
            cookie: None,
        }
    }

    /// Calls a server function at `origin`; `None` if the answer does not come to its end.
    pub(crate) async fn try_call(
        &mut self,
        origin: &str,
        endpoint: &str,
        body: Value,
    ) -> Option<Answer> {
        let call = self.client.post(format!("{origin}/api/{endpoint}"));
        let mut call = call.header("host", "app.example.com").json(&body);
        if let Some(cookie) = &self.cookie {
            call = call.header(COOKIE, cookie);
        }
        let answer = Answer::try_read(call.send().await.ok()?).await?;
        if answer.header("set-cookie").is_some() {
            self.cookie = Some(answer.cookie());
        }
        Some(answer)
    }

    /// The same, where an answer must come.
    pub(crate) async fn call(&mut self, origin: &str, endpoint: &str, body: Value) -> Answer {
        self.try_call(origin, endpoint, body).await.unwrap()
    }

    pub(crate) async fn sign_up(&mut self, origin: &str) -> Answer {
        let body = json!({ "name": "Ada", "email": self.email, "password": PASSWORD });
        self.call(origin, "sign_up", body).await
    }

    pub(crate) async fn sign_in(&mut self, origin: &str, password: &str) -> Answer {
        let body = json!({ "email": self.email, "password": password });
        self.call(origin, "sign_in", body).await
    }

    pub(crate) async fn mint(&mut self, origin: &str) -> Answer {
        self.call(origin, "identity_token", json!({})).await
    }

    /// The status of a page or of `/healthz`.
    pub(crate) async fn get(&self, origin: &str, path: &str) -> u16 {
        let asked = self.client.get(format!("{origin}{path}"));
        asked.send().await.unwrap().status().as_u16()
    }
}
