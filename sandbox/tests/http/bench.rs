//! A sandbox under test: opened with a clock that stands still, called without a socket.
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header::HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use http_body_util::BodyExt;
use sandbox::{Clock, Config, Sandbox};
use serde_json::{Value, json};
use sha2::Sha256;
use tower::ServiceExt;

pub(crate) const SECRET: &str = "bm90LWEtcmVhbC1zZWNyZXQtYnV0LWxvbmctZW5vdWdo";
pub(crate) const AUDIENCE: &str = "https://reqio.app/p/demo";
pub(crate) const NOW: i64 = 1_790_000_000;

/// A sandbox, and how far its clock has been moved.
pub(crate) struct Bench {
    pub(crate) sandbox: Sandbox,
    pub(crate) router: Router,
    offset: AtomicI64,
}

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error} in {:?}", self.text))
    }

    /// The status with the error code of the body.
    pub(crate) fn error(&self) -> (u16, String) {
        (
            self.status.as_u16(),
            self.json()["error"].as_str().unwrap_or_default().to_owned(),
        )
    }
}

pub(crate) fn config() -> Config {
    Config::new("demo", SECRET).unwrap()
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(config()).await
    }

    pub(crate) async fn with(mut config: Config) -> Self {
        // A test that fails shows the log. One serves all of them: the first has set it up.
        drop(tracing_subscriber::fmt().with_test_writer().try_init());
        config.clock = Clock::still_at(NOW);
        let sandbox = Sandbox::new(config);
        Self {
            router: sandbox.router(),
            sandbox,
            offset: AtomicI64::new(0),
        }
    }

    pub(crate) fn advance(&self, seconds: i64) {
        let before = self.offset.fetch_add(seconds, Ordering::SeqCst);
        self.sandbox.clock(before + seconds);
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// GET as an anonymous visitor's widget sends it.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = request("GET", path).header("x-reqio-project", "demo");
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// The newest verdicts, as a test asks for them.
    pub(crate) async fn verdicts(&self) -> Vec<Value> {
        let answer = self.script("GET", "verdicts", &Value::Null).await;
        answer.json()["verdicts"].as_array().unwrap().clone()
    }

    /// GET with a token.
    pub(crate) async fn get_as(&self, token: &str, path: &str) -> Answer {
        self.send(
            request("GET", path)
                .header("authorization", format!("Bearer {token}"))
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    /// POST of JSON with a token.
    pub(crate) async fn post_as(&self, token: &str, path: &str, body: &Value) -> Answer {
        let request = request("POST", path)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()));
        self.send(request.unwrap()).await
    }

    /// POST of JSON by an anonymous visitor.
    pub(crate) async fn post_anonymously(&self, id: &str, path: &str, body: &Value) -> Answer {
        let request = request("POST", path)
            .header("x-reqio-anonymous-id", id)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()));
        self.send(request.unwrap()).await
    }

    /// A call of `/sandbox/v1/` from this machine; `null` sends no body.
    pub(crate) async fn script(&self, method: &str, path: &str, body: &Value) -> Answer {
        let request = request(method, &format!("/sandbox/v1/{path}"))
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 50_000))))
            .header("content-type", "application/json");
        let body = match body {
            Value::Null => Body::empty(),
            body => Body::from(body.to_string()),
        };
        self.send(request.body(body).unwrap()).await
    }

    /// POST of a form from the sandbox's own page.
    pub(crate) async fn submit(&self, path: &str, form: &str) -> Answer {
        let request = request("POST", path)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()));
        self.send(request.unwrap()).await
    }
}

pub(crate) fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "localhost:3001")
}

/// The claims of a customer on an annual plan, minted now.
pub(crate) fn claims() -> Value {
    json!({
        "sub": "usr_scale",
        "email": "scale@acme.test",
        "traits": { "plan": "scale", "amount": 99_000, "interval": "year" },
        "aud": AUDIENCE,
        "iat": NOW,
        "exp": NOW + 300,
    })
}

/// The claims of a customer who pays 2900 cents a month.
pub(crate) fn pro() -> Value {
    let mut claims = claims();
    claims["sub"] = "usr_pro".into();
    claims["email"] = "pro@acme.test".into();
    claims["traits"] = json!({ "plan": "pro", "amount": 2_900, "interval": "month" });
    claims
}

/// Signs claims as Reqio's guides do.
pub(crate) fn mint(claims: &Value) -> String {
    sign(
        r#"{"alg":"HS256","typ":"JWT"}"#,
        &claims.to_string(),
        SECRET.as_bytes(),
    )
}

/// Signs any header and payload with any key.
pub(crate) fn sign(header: &str, payload: &str, key: &[u8]) -> String {
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload)
    );
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    hmac.update(signed.as_bytes());
    format!(
        "{signed}.{}",
        URL_SAFE_NO_PAD.encode(hmac.finalize().into_bytes())
    )
}
