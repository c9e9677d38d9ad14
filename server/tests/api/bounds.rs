//! How much a body may weigh, and how long it may take.

use std::time::Duration;

use crate::support::{App, Connection, ENDPOINTS};

const BETWEEN_HEALTH_CHECKS: Duration = Duration::from_millis(20);

#[tokio::test]
async fn a_body_over_the_limit_is_refused_and_its_sender_told() {
    let app = App::start().await;
    let visitor = app.visitor();
    for endpoint in ENDPOINTS {
        for size in [16 * 1024 + 1, 2 * 1024 * 1024] {
            let body = format!("{{\"{}\":1}}", "x".repeat(size - 6));
            assert_eq!(body.len(), size);
            let answer = visitor.call_with(endpoint, body).await;
            assert_eq!(
                answer.error(),
                (413, "payload_too_large".into()),
                "{endpoint} {size}"
            );
        }
    }
    let most = format!("{{\"{}\":1}}", "x".repeat(16 * 1024 - 6));
    assert_eq!(visitor.call_with("session", most).await.status, 200);
}

#[tokio::test]
async fn a_body_without_end_is_refused_and_no_longer_read() {
    let app = App::start().await;
    let mut connection = Connection::open(&app.origin).await;
    connection
        .write(
            "POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             transfer-encoding: chunked\r\n\r\n",
        )
        .await;
    let chunk = format!("1000\r\n{}\r\n", "x".repeat(0x1000));
    let mut sent = 0;
    while connection.try_write(&chunk).await {
        sent += 0x1000;
        assert!(
            sent < 64 * 1024 * 1024,
            "after {sent} bytes it is still being read"
        );
    }
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up_on() {
    let app = App::start().await;
    let mut connection = Connection::open(&app.origin).await;
    connection
        .write(
            "POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: 2\r\nconnection: close\r\n\r\n{",
        )
        .await;
    assert_eq!(
        connection.answer().await.error(),
        (408, "request_timeout".into())
    );
}

#[tokio::test]
async fn a_request_whose_head_never_ends_is_given_up_on_while_others_are_served() {
    let app = App::start().await;
    let mut half_open = Vec::new();
    for _ in 0..200 {
        let mut connection = Connection::open(&app.origin).await;
        connection
            .write("GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow")
            .await;
        half_open.push(connection);
    }
    let closed = async {
        for mut connection in half_open {
            connection.closes().await;
        }
    };
    let mut closed = std::pin::pin!(closed);
    let mut moments = tokio::time::interval(BETWEEN_HEALTH_CHECKS);
    loop {
        tokio::select! {
            () = &mut closed => break,
            _ = moments.tick() => assert_eq!(app.visitor().get("/healthz").await.status, 200),
        }
    }
}
