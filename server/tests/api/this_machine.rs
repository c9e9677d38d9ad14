//! Without `PUBLIC_URL`, the server is for browsers on this machine, whatever port they come by:
//! one that `ssh -L`, an editor or a container forwards, too.

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, App, Connection};

/// What a page at `origin` gets that asks for `host`.
async fn ask(app: &App, site: Option<&str>, origin: Option<&str>, host: &str) -> Answer {
    let visitor = app.visitor();
    let mut request = visitor
        .request(Method::POST, "/api/session")
        .header("host", host);
    for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
        request = value
            .into_iter()
            .fold(request, |request, value| request.header(name, value));
    }
    visitor.send(request.json(&json!({}))).await
}

async fn app() -> App {
    App::with(&[("PUBLIC_URL", "")]).await
}

#[tokio::test]
async fn a_page_of_this_machine_may_come_by_any_port() {
    let app = app().await;
    for (origin, host) in [
        ("http://localhost:3000", "localhost:3000"),
        ("http://localhost:8080", "localhost:8080"),
        ("http://localhost", "localhost"),
        ("http://localhost", "localhost:80"),
        ("https://localhost", "localhost"),
        ("https://localhost", "localhost:443"),
        ("https://localhost:8443", "localhost:8443"),
        ("http://app.localhost:8080", "app.localhost:8080"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080"),
        ("http://127.8.8.8:8080", "127.8.8.8:8080"),
        ("http://[::1]:8080", "[::1]:8080"),
        ("http://[::1]", "[::1]"),
        ("http://localhost:8080", "LOCALHOST:8080"),
    ] {
        for site in [None, Some("none"), Some("same-origin")] {
            let answer = ask(&app, site, Some(origin), host).await;
            assert_eq!(answer.status, 200, "{site:?} {origin} {host}");
        }
        for site in ["same-site", "cross-site", ""] {
            let answer = ask(&app, Some(site), Some(origin), host).await;
            assert_eq!(
                answer.error(),
                (403, "cross_site".into()),
                "{site:?} {origin} {host}"
            );
        }
    }
}

#[tokio::test]
async fn any_other_page_of_this_machine_or_another_is_refused() {
    let app = app().await;
    for (origin, host) in [
        // Another program on this machine.
        ("http://localhost:8080", "localhost:3000"),
        ("http://localhost:3001", "localhost:3000"),
        ("http://127.0.0.1:3000", "localhost:3000"),
        ("http://app.localhost:3000", "localhost:3000"),
        ("http://localhost", "localhost:443"),
        ("https://localhost", "localhost:80"),
        // A name that was made to point at this machine.
        ("http://evil.test:3000", "evil.test:3000"),
        (
            "http://localhost.evil.test:3000",
            "localhost.evil.test:3000",
        ),
        ("http://laptop:3000", "laptop:3000"),
        ("http://192.0.2.1:3000", "192.0.2.1:3000"),
        ("http://0.0.0.0:3000", "0.0.0.0:3000"),
        // No page at all.
        ("null", "localhost:3000"),
        ("", "localhost:3000"),
        ("http://localhost:3000/", "localhost:3000"),
        ("http://localhost:3000, http://evil.test", "localhost:3000"),
        ("http://localhost:3000", "localhost:3000/"),
        ("http://localhost:3000", "evil.test@localhost:3000"),
    ] {
        for site in [None, Some("none"), Some("same-origin")] {
            let answer = ask(&app, site, Some(origin), host).await;
            assert_eq!(answer.status, 403, "{site:?} {origin} {host}");
        }
    }
    let message = ask(&app, None, Some("http://laptop:8080"), "laptop:8080")
        .await
        .json();
    assert_eq!(
        message["message"],
        "This page was opened at http://laptop:8080, but the server was reached as laptop:8080, \
         and PUBLIC_URL is not set. Set PUBLIC_URL to the address in the browser's address bar."
    );
}

#[tokio::test]
async fn without_an_origin_a_browser_has_to_ask_this_machine_and_a_program_may_ask_any_name() {
    let app = app().await;
    for (site, host, status) in [
        (Some("same-origin"), "localhost:8080", 200),
        (Some("none"), "127.0.0.1", 200),
        (Some("same-origin"), "evil.test:3000", 403),
        // Programs in other containers, which have no visitor's cookies.
        (None, "localhost:3000", 200),
        (None, "demo:3000", 200),
    ] {
        assert_eq!(
            ask(&app, site, None, host).await.status,
            status,
            "{site:?} {host}"
        );
    }
}

#[tokio::test]
async fn a_request_without_a_host_is_not_from_a_page() {
    let app = app().await;
    let post = |version: &str, headers: &str| {
        format!(
            "POST /api/session HTTP/{version}\r\ncontent-type: application/json\r\n\
             content-length: 2\r\nconnection: close\r\n{headers}\r\n{{}}"
        )
    };
    for (request, status) in [
        (post("1.0", ""), 200),
        (post("1.0", "origin: http://localhost:3000\r\n"), 403),
        (post("1.0", "sec-fetch-site: same-origin\r\n"), 403),
        (post("1.1", "origin: http://localhost:3000\r\n"), 403),
    ] {
        let mut connection = Connection::open(&app.origin).await;
        connection.write(&request).await;
        assert_eq!(connection.answer().await.status, status, "{request}");
    }
}

#[tokio::test]
async fn a_server_on_a_port_that_the_system_chose_accepts_its_own_page() {
    let app = app().await;
    let host = app.origin.strip_prefix("http://").unwrap();
    let answer = ask(&app, Some("same-origin"), Some(&app.origin), host).await;
    assert_eq!(answer.status, 200, "{}", app.origin);
}

#[tokio::test]
async fn whoever_opens_0_0_0_0_is_led_to_localhost() {
    let app = app().await;
    let visitor = app.visitor();
    for (host, path, location) in [
        ("0.0.0.0:3000", "/", Some("http://localhost:3000/")),
        (
            "0.0.0.0:8080",
            "/a/b?c=d",
            Some("http://localhost:8080/a/b?c=d"),
        ),
        (
            "0.0.0.0",
            "//evil.test/",
            Some("http://localhost:80//evil.test/"),
        ),
        ("[::]:3000", "/", Some("http://localhost:3000/")),
        ("localhost:3000", "/", None),
        ("evil.test", "/", None),
    ] {
        let request = visitor.request(Method::GET, path).header("host", host);
        let answer = visitor.send(request.header("accept", "text/html")).await;
        assert_eq!(answer.header("location"), location, "{host}{path}");
        assert_eq!(answer.status == 307, location.is_some(), "{host}{path}");
    }
}
