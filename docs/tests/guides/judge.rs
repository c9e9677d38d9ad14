//! A sandbox that judges the tokens of a page that was just built.

use sandbox::{Config, Sandbox};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

/// Also base64, so that decoding it by mistake gives another key.
const SECRET: &str = "bm90LWEtcmVhbC1zZWNyZXQtYnV0LWxvbmctZW5vdWdo";

/// A running sandbox, ended with the test.
pub(super) struct Judge {
    url: String,
    serving: JoinHandle<std::io::Result<()>>,
}

impl Judge {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Config::new("demo", SECRET).unwrap());
        Self {
            url,
            serving: tokio::spawn(sandbox.serve(listener, std::future::pending())),
        }
    }

    /// The variables that make a server mint for it, as a `.env` file has them.
    pub(super) fn variables(&self) -> String {
        format!(
            "REQIO_SECRET={SECRET}\nREQIO_AUDIENCE=https://reqio.app/p/demo\n\
             REQIO_PROJECT_ID=demo\n"
        )
    }

    /// Fails unless the token identifies the one user whom the pages know.
    #[track_caller]
    pub(super) fn accepts(&self, token: &str) -> impl Future<Output = ()> {
        let request = reqwest::Client::new()
            .get(format!("{}/api/identity", self.url))
            .bearer_auth(token);
        async move {
            let answer = request.send().await.unwrap().text().await.unwrap();
            let answer: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(answer["identified"], true, "{answer}");
            let requester = &answer["requester"];
            let known =
                ["id", "email", "plan", "interval"].map(|name| requester[name].as_str().unwrap());
            assert_eq!(known, ["usr_1", "ada@example.com", "scale", "year"]);
            assert_eq!(requester["monthly_amount"], 8_250);
        }
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
