//! What the log says of a visit: from where, and what came of it. Never whose it was to be.

use serde_json::json;

use crate::support::{PASSWORD, Process, Visitor};

#[tokio::test]
async fn the_log_says_from_where_somebody_tried_to_get_in_and_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("TRUSTED_PROXY", "127.0.0.1"), ("SIGN_IN_LIMIT", "1")];
    let mut process = Process::spawn(folder.path(), &variables, &[]);
    let origin = process.origin();
    let call = async |from: &str, endpoint: &str, password: &str| {
        let visitor = Visitor::new(&origin);
        let request = visitor
            .request(reqwest::Method::POST, &format!("/api/{endpoint}"))
            .header("x-forwarded-for", from);
        let body = json!({ "name": "Ada", "email": "ada@example.com", "password": password });
        visitor.send(request.json(&body)).await
    };
    let user = call("192.0.2.1", "sign_up", PASSWORD).await.ok();
    assert_eq!(call("192.0.2.2", "sign_in", "wrong").await.status, 401);
    assert_eq!(call("192.0.2.2", "sign_in", "wrong").await.status, 429);
    assert_eq!(call("192.0.2.1", "sign_in", PASSWORD).await.status, 200);
    assert_eq!(call("192.0.2.1", "sign_up", PASSWORD).await.status, 429);
    process.terminate();
    let log = process.ended().stderr;
    let says = |client: &str, what: &str| {
        let client = format!("client={client} ");
        let said = log
            .lines()
            .any(|line| line.contains(&client) && line.contains(what));
        assert!(said, "{client} {what} is missing:\n{log}");
    };
    let signed_in = format!("signed in user={}", user["id"].as_str().unwrap());
    says("192.0.2.1", &signed_in);
    says("192.0.2.2", "sign-in refused code=InvalidCredentials");
    says(
        "192.0.2.2",
        "path=\"/api/sign_in\"}: server::http: status=401",
    );
    says("192.0.2.2", "sign-in refused code=TooManyAttempts");
    says("192.0.2.1", "refused code=TooManyAttempts");
    assert!(
        !log.contains("ada@example.com") && !log.contains(PASSWORD),
        "{log}"
    );
}

#[tokio::test]
async fn a_request_is_one_line_without_its_query() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::spawn(folder.path(), &[], &[]);
    let visitor = Visitor::new(&process.origin());
    assert_eq!(visitor.get("/healthz?token=hush-hush").await.status, 200);
    process.terminate();
    let log = process.ended().stderr;
    let lines: Vec<_> = log
        .lines()
        .filter(|line| line.contains("/healthz"))
        .collect();
    let [line] = lines[..] else {
        panic!("{lines:?}")
    };
    for said in [
        " INFO ",
        "client=127.0.0.1 ",
        "method=GET ",
        "path=\"/healthz\"",
        "status=200 latency=",
    ] {
        assert!(line.contains(said), "{said} is missing: {line}");
    }
    assert!(!log.contains("hush-hush"), "{log}");
}

#[tokio::test]
async fn a_page_that_was_refused_is_in_the_log_with_the_way_to_make_it_work() {
    let folder = tempfile::tempdir().unwrap();
    let public_url = [("PUBLIC_URL", "http://localhost:3000")];
    let mut process = Process::spawn(folder.path(), &public_url, &[]);
    let visitor = Visitor::new(&process.origin());
    let request = visitor.request(reqwest::Method::POST, "/api/session");
    let request = request
        .header("origin", "http://localhost:8080")
        .json(&json!({}));
    assert_eq!(visitor.send(request).await.status, 403);
    process.until(
        "This page was opened at http://localhost:8080, but the server expects \
         PUBLIC_URL=http://localhost:3000. Set PUBLIC_URL to the address in the browser's",
    );
}
