//! Reports of a violated policy: logged in a few words, and few of them.

use serde_json::json;

use crate::support::{Process, Visitor};

fn report(directive: &str, blocked: &str) -> String {
    let violation = json!({ "effective-directive": directive, "blocked-uri": blocked });
    json!({ "csp-report": violation }).to_string()
}

#[tokio::test]
async fn a_violation_is_logged_without_anybodys_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Process::spawn(folder.path(), &[], &[]);
    let visitor = Visitor::new(&process.origin());
    let send = async |body: String| {
        let request = visitor.request(reqwest::Method::POST, "/policy-reports");
        let request = request.header("content-type", "application/csp-report");
        visitor.send(request.body(body)).await.status
    };
    let blocked = "https://evil.test/x.js?token=canary#canary";
    assert_eq!(send(report("script-src-elem", blocked)).await, 204);
    assert_eq!(
        send(report("style-src\n2026-01-01 forged", "inline")).await,
        204
    );
    assert_eq!(send("canary".to_owned()).await, 204);
    assert_eq!(send("x".repeat(17 * 1_024)).await, 413);
    for _ in 0..100 {
        assert_eq!(send(report("img-src", "https://flood.test")).await, 204);
    }
    process.terminate();
    let log = process.ended().stderr;
    let said: Vec<_> = log
        .lines()
        .filter(|line| line.contains("violated"))
        .collect();
    assert!(said[0].contains("script-src-elem") && said[0].contains("https://evil.test\""));
    assert!(
        said[1].contains("style-src2026-01-01 forged"),
        "{}",
        said[1]
    );
    assert!(said.len() <= 12, "{} were logged", said.len());
    assert!(!log.contains("canary"), "{log}");
}
