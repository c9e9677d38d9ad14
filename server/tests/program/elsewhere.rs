//! The recipes of docs/run-elsewhere.md: the server there, the browser here, and what forwards a
//! port between them. Each goes on until the sandbox says who is signed in.

use std::net::SocketAddr;

use axum::{Router, body::Bytes, extract::Request, http::HeaderMap, response::IntoResponse as _};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};

use crate::support::{Answer, Dist, Process};

const RECIPES: &str = include_str!("../../../docs/run-elsewhere.md");

/// The variables in the block of the recipe with this heading.
fn variables(heading: &str) -> Vec<(String, String)> {
    let (_, block) = RECIPES.split_once(&format!("\n# {heading}\n")).unwrap();
    let (block, _) = block.split_once("\n```").unwrap();
    let assignments = block
        .split_whitespace()
        .filter_map(|word| word.split_once('='));
    let value = |value: &str| {
        let value = value
            .trim_matches('"')
            .replace("$CODESPACE_NAME", "legible-lamp");
        value.replace(
            "$GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN",
            "app.github.dev",
        )
    };
    assignments
        .map(|(name, text)| (name.to_owned(), value(text)))
        .collect()
}

/// The server of a recipe, on ports of a test's own in place of 3000 and 3001.
struct There {
    _process: Process,
    _dist: Dist,
    app: SocketAddr,
    sandbox: SocketAddr,
}

impl There {
    fn start(variables: &[(String, String)]) -> Self {
        let dist = Dist::new();
        let [app, sandbox] = [(); 2].map(|()| test_database::own_addr().unwrap());
        let mut all = vec![
            ("ADDR", app.to_string()),
            ("SANDBOX_ADDR", sandbox.to_string()),
        ];
        for (name, value) in variables {
            let value = match name.as_str() {
                "ADDR" => value.replace("3000", &app.port().to_string()),
                "SANDBOX_ADDR" => value.replace("3001", &sandbox.port().to_string()),
                _ => value.clone(),
            };
            all.push((name, value));
        }
        let all: Vec<_> = all
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let (process, _) = dist.serve(&all);
        Self {
            _process: process,
            _dist: dist,
            app,
            sandbox,
        }
    }
}

/// Forwards connections to `to`, as ssh and Docker do. Returns where it listens.
async fn forward(to: SocketAddr) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (mut here, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut there = TcpStream::connect(to).await.unwrap();
                // Either side may hang up.
                drop(copy_bidirectional(&mut here, &mut there).await);
            });
        }
    });
    addr
}

/// Forwards requests to `to` and writes their headers as GitHub's gateway does. Reports disagree on
/// `Host` alone. `port` is the one in the codespace.
async fn gateway(to: SocketAddr, port: u16, keeps_host: bool) -> SocketAddr {
    let client = client();
    let hand_on = move |request: Request| {
        let client = client.clone();
        async move {
            let (parts, body) = request.into_parts();
            let mut headers = parts.headers;
            let host = headers["host"].clone();
            let own_origin = format!("https://{}", host.to_str().unwrap());
            if headers
                .get("origin")
                .is_some_and(|origin| *origin == own_origin)
            {
                headers.insert(
                    "origin",
                    format!("http://localhost:{port}").parse().unwrap(),
                );
            }
            if !keeps_host {
                headers.insert("host", format!("localhost:{port}").parse().unwrap());
            }
            headers.insert("x-forwarded-host", host);
            headers.insert("x-forwarded-proto", "https".parse().unwrap());
            headers.insert("x-forwarded-for", "203.0.113.9".parse().unwrap());
            let body = axum::body::to_bytes(body, 1_000_000).await.unwrap();
            let request = client.request(parts.method, format!("http://{to}{}", parts.uri));
            let answer =
                Answer::read(request.headers(headers).body(body).send().await.unwrap()).await;
            let mut headers: HeaderMap = answer.headers;
            headers.remove("transfer-encoding");
            let status = axum::http::StatusCode::from_u16(answer.status).unwrap();
            (status, headers, Bytes::from(answer.body)).into_response()
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    let router = Router::new().fallback(hand_on);
    tokio::spawn(async move { axum::serve(listener, router).await });
    addr
}

fn client() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

/// A browser, and where it connects to for the two addresses that it knows.
struct Browser {
    client: Client,
    app: (String, SocketAddr),
    sandbox: (String, SocketAddr),
}

impl Browser {
    fn new(app: (&str, SocketAddr), sandbox: (&str, SocketAddr)) -> Self {
        let own = |(address, via): (&str, SocketAddr)| (address.to_owned(), via);
        Self {
            client: client(),
            app: own(app),
            sandbox: own(sandbox),
        }
    }

    fn request(
        &self,
        (address, via): &(String, SocketAddr),
        method: Method,
        path: &str,
    ) -> RequestBuilder {
        let (_, host) = address.split_once("://").unwrap();
        self.client
            .request(method, format!("http://{via}{path}"))
            .header("host", host)
    }

    /// What the page calls.
    async fn call(&self, endpoint: &str, body: Value, cookie: &str) -> Answer {
        let request = self.request(&self.app, Method::POST, &format!("/api/{endpoint}"));
        let request = request
            .header("origin", &self.app.0)
            .header("sec-fetch-site", "same-origin");
        let request = request.header("cookie", cookie).json(&body);
        Answer::read(request.send().await.unwrap()).await
    }

    /// What the page of `origin` asks of the sandbox, from the widget.
    async fn ask_sandbox(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.request(&self.sandbox, method, path);
        request = request
            .header("origin", &self.app.0)
            .header("sec-fetch-site", "same-site");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::read(request.send().await.unwrap()).await
    }

    /// Opens the page, signs in, and has the widget ask the sandbox who that is.
    async fn is_identified(&self) {
        let page = self
            .request(&self.app, Method::GET, "/")
            .header("accept", "text/html");
        let page = Answer::read(page.header("sec-fetch-site", "none").send().await.unwrap()).await;
        assert_eq!((page.status, page.text()), (200, Dist::shell()));
        let policy = page.header("content-security-policy").unwrap();
        assert!(
            policy.contains(&format!("connect-src 'self' {};", self.sandbox.0)),
            "{policy}"
        );

        let session = self.call("session", json!({}), "").await.ok();
        let widget_url = format!("{}/widget.js", self.sandbox.0);
        assert_eq!(session["reqio"]["widget_url"], widget_url);
        let script = self.ask_sandbox(Method::GET, "/widget.js", &[]).await;
        assert_eq!(script.status, 200);

        let pro = json!({ "email": "pro@acme.test", "password": "reqio-demo" });
        let signed_in = self.call("sign_in", pro, "").await;
        assert_eq!(signed_in.ok()["email"], "pro@acme.test");
        let cookies = signed_in.headers.get_all("set-cookie").iter();
        let cookies: Vec<_> = cookies.map(|cookie| cookie.to_str().unwrap()).collect();
        let pairs: Vec<_> = cookies
            .iter()
            .filter_map(|cookie| cookie.split(';').next())
            .collect();
        let is_https = self.app.0.starts_with("https:");
        assert!(
            cookies
                .iter()
                .all(|cookie| cookie.contains("; Secure") == is_https),
            "{cookies:?}"
        );
        let identity = self
            .call("identity_token", json!({}), &pairs.join("; "))
            .await
            .ok();

        let preflight = [
            ("access-control-request-method", "GET"),
            (
                "access-control-request-headers",
                "authorization,x-reqio-project",
            ),
        ];
        let bearer = format!("Bearer {}", identity["token"].as_str().unwrap());
        let who = [
            ("authorization", bearer.as_str()),
            ("x-reqio-project", "demo"),
        ];
        let preflight = self
            .ask_sandbox(Method::OPTIONS, "/api/identity", &preflight)
            .await;
        let answer = self.ask_sandbox(Method::GET, "/api/identity", &who).await;
        for answer in [&preflight, &answer] {
            assert_eq!(answer.status, 200, "{}", answer.text());
            let allowed = answer.header("access-control-allow-origin");
            assert_eq!(allowed, Some(self.app.0.as_str()));
        }
        assert!(
            answer.text().contains("\"pro@acme.test\""),
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn with_ssh_a_page_at_whatever_port_ends_in_identified() {
    let there = There::start(&variables("ssh: there"));
    let (app, sandbox) = (forward(there.app).await, forward(there.sandbox).await);
    let sandbox_url = format!("http://localhost:{}", there.sandbox.port());
    for app_url in [
        "http://localhost:3000",
        "http://localhost:8080",
        "http://127.0.0.1:8080",
    ] {
        Browser::new((app_url, app), (&sandbox_url, sandbox))
            .is_identified()
            .await;
    }
}

#[tokio::test]
async fn with_ssh_a_sandbox_at_another_port_ends_in_identified() {
    let (_, url) = RECIPES.split_once("`SANDBOX_PUBLIC_URL=").unwrap();
    let (url, _) = url.split_once('`').unwrap();
    let there = There::start(&[("SANDBOX_PUBLIC_URL".to_owned(), url.to_owned())]);
    let (app, sandbox) = (forward(there.app).await, forward(there.sandbox).await);
    Browser::new(("http://localhost:3000", app), (url, sandbox))
        .is_identified()
        .await;
}

#[tokio::test]
async fn a_container_ends_in_identified() {
    let variables = variables("A container");
    let set: Vec<_> = variables.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(set, ["ADDR", "SANDBOX_ADDR", "SANDBOX_PUBLIC_URL"]);
    let there = There::start(&variables);
    let (app, sandbox) = (forward(there.app).await, forward(there.sandbox).await);
    for app_url in [
        "http://localhost:3000",
        "http://localhost:8080",
        "http://127.0.0.1:3000",
    ] {
        Browser::new((app_url, app), ("http://localhost:3001", sandbox))
            .is_identified()
            .await;
    }
}

#[tokio::test]
async fn codespaces_forwarded_by_gh_end_in_identified() {
    assert!(RECIPES.contains("\ngh codespace ports forward 3000:3000 3001:3001\n"));
    let there = There::start(&[]);
    let (app, sandbox) = (forward(there.app).await, forward(there.sandbox).await);
    let sandbox_url = format!("http://localhost:{}", there.sandbox.port());
    Browser::new(("http://localhost:3000", app), (&sandbox_url, sandbox))
        .is_identified()
        .await;
}

#[tokio::test]
async fn codespaces_in_a_browser_end_in_identified_and_other_sites_stay_out() {
    let there = There::start(&variables("Codespaces: in a browser"));
    for keeps_host in [true, false] {
        let app = gateway(there.app, 3000, keeps_host).await;
        let sandbox = gateway(there.sandbox, 3001, keeps_host).await;
        let mut browser = Browser::new(
            ("https://legible-lamp-3000.app.github.dev", app),
            ("https://legible-lamp-3001.app.github.dev", sandbox),
        );
        browser.is_identified().await;
        let request = browser
            .request(&browser.app, Method::POST, "/api/session")
            .json(&json!({}));
        let request = request.header("origin", "https://evil.example");
        let answer = Answer::read(request.send().await.unwrap()).await;
        assert_eq!(answer.error(), (403, "cross_site".into()), "{keeps_host}");
        browser.app.0 = "https://evil-3000.app.github.dev".to_owned();
        let answer = browser.call("session", json!({}), "").await;
        assert_eq!(
            answer.error(),
            (403, "cross_site".into()),
            "another codespace, {keeps_host}"
        );
    }
}
