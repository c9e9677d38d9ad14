//! How many bytes travel: the widget and the pages are compressed, answers of the API are not.

use axum::body::Body;
use axum::http::HeaderMap;
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::bench::{Bench, request};

/// What `path` answers to one who takes `encoding`.
async fn take(bench: &Bench, path: &str, encoding: &str) -> (HeaderMap, Vec<u8>) {
    let request = request("GET", path).header("accept-encoding", encoding);
    let request = request.body(Body::empty()).unwrap();
    let (head, body) = bench
        .router
        .clone()
        .oneshot(request)
        .await
        .unwrap()
        .into_parts();
    (
        head.headers,
        body.collect().await.unwrap().to_bytes().to_vec(),
    )
}

#[tokio::test]
async fn the_widget_and_the_pages_travel_compressed() {
    let bench = Bench::new().await;
    for path in [
        "/widget.js",
        "/p/demo",
        "/p/demo/identity",
        "/assets/sandbox.css",
    ] {
        let (plain, whole) = take(&bench, path, "identity").await;
        assert!(!plain.contains_key("content-encoding"), "{path}");
        for encoding in ["br", "gzip"] {
            let (head, sent) = take(&bench, path, encoding).await;
            assert_eq!(head["content-encoding"], encoding, "{path}");
            let vary = head.get_all("vary").iter();
            let mut vary = vary.map(|names| names.to_str().unwrap().to_ascii_lowercase());
            assert!(
                vary.any(|names| names.contains("accept-encoding")),
                "{path}"
            );
            let (sent, whole) = (sent.len(), whole.len());
            assert!(
                sent * 10 < whole * 7,
                "{sent} of {whole} bytes of {path} in {encoding}"
            );
        }
        let (_, sent) = take(&bench, path, "gzip, deflate, br, zstd").await;
        let mut read = Vec::new();
        brotli::BrotliDecompress(&mut sent.as_slice(), &mut read).unwrap();
        assert_eq!(read, whole, "{path}");
    }
}

#[tokio::test]
async fn the_widget_travels_in_8_kilobytes() {
    let (_, sent) = take(&Bench::new().await, "/widget.js", "br").await;
    assert!(sent.len() < 8_000, "widget.js is {} bytes", sent.len());
}

/// A visitor chooses some of an answer's text, and its length would tell of the rest.
#[tokio::test]
async fn answers_of_the_api_are_not_compressed() {
    let (head, _) = take(&Bench::new().await, "/api/widget-config", "br, gzip").await;
    assert!(!head.contains_key("content-encoding"));
}
