//! What the log says of a visit: from where, and what came of it. Never whose it was to be.

use serde_json::json;

use crate::support::{Connection, PASSWORD, Process, Visitor};

#[tokio::test]
async fn the_log_says_from_where_somebody_tried_to_get_in_and_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("TRUSTED_PROXY", "127.0.0.1"), ("SIGN_IN_LIMIT", "2")];
    let mut process = Process::spawn(folder.path(), &variables, &[]);
    let origin = process.origin();
    let visitor = Visitor::new(&origin);
    let call = async |from: &str, endpoint: &str, password: &str| {
        let request = visitor
            .request(reqwest::Method::POST, &format!("/api/{endpoint}"))
            .header("x-forwarded-for", from);
        let body = json!({ "name": "Ada", "email": "ada@example.com", "password": password });
        visitor.send(request.json(&body)).await
    };
    let user = call("192.0.2.1", "sign_up", PASSWORD).await.ok();
    assert_eq!(call("192.0.2.2", "sign_in", "wrong").await.status, 401);
    assert_eq!(call("192.0.2.3", "sign_in", "wrong").await.status, 429);
    assert_eq!(call("192.0.2.1", "sign_in", PASSWORD).await.status, 200);
    assert_eq!(call("192.0.2.4", "sign_up", PASSWORD).await.status, 429);
    process.terminate();
    let log = process.ended().stderr;
    let says = |client: &str, what: &str| {
        let client = format!("client={client}}}");
        let said = log
            .lines()
            .any(|line| line.contains(&client) && line.contains(what));
        assert!(said, "{client} {what} is missing:\n{log}");
    };
    let signed_in = format!("signed in user={}", user["id"].as_str().unwrap());
    says("192.0.2.1", &signed_in);
    says("192.0.2.2", "sign-in refused code=InvalidCredentials");
    says("192.0.2.2", "path=\"/api/sign_in\" status=401");
    says("192.0.2.3", "sign-in refused code=TooManyAttempts");
    says("192.0.2.4", "sign-up refused code=TooManyAttempts");
    assert!(
        !log.contains("ada@example.com") && !log.contains(PASSWORD),
        "{log}"
    );
}

#[tokio::test]
async fn the_log_says_who_hung_up_before_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [("TRUSTED_PROXY", "127.0.0.1")];
    let mut process = Process::spawn(folder.path(), &variables, &[]);
    let origin = process.origin();
    let body = json!({ "email": "ada@example.com", "password": PASSWORD }).to_string();
    let mut connections = Vec::new();
    // So many that the last of them are still waiting for their turn to be hashed.
    for client in 0..100 {
        let mut connection = Connection::open(&origin).await;
        let request = format!(
            "POST /api/sign_in HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 192.0.{client}.1\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        connection.write(&request).await;
        connections.push(connection);
    }
    drop(connections);
    let visitor = Visitor::new(&origin);
    assert_eq!(visitor.get("/healthz").await.status, 200);
    process.terminate();
    let log = process.ended().stderr;
    let hung_up = log.lines().find(|line| line.contains("hung up"));
    let hung_up = hung_up.unwrap_or_else(|| panic!("nobody hung up:\n{log}"));
    for said in ["client=192.0.", "method=POST", "path=\"/api/sign_in\""] {
        assert!(hung_up.contains(said), "{said} is missing: {hung_up}");
    }
}
