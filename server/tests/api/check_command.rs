//! `server check`: the examination before the start.

use std::fs;

use crate::support::Process;

#[test]
fn a_configuration_that_works_passes_item_by_item() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("dist")).unwrap();
    for file in ["index.html", "frontend_bg.wasm.br"] {
        fs::write(folder.path().join("dist").join(file), "").unwrap();
    }
    let ended = Process::spawn(folder.path(), &[], &["check"]).ended();
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (Some(0), ""),
        "{}",
        ended.stdout
    );
    assert_eq!(ended.stdout.lines().count(), 8);
    assert!(
        ended.stdout.lines().all(|line| line.starts_with("ok ")),
        "{}",
        ended.stdout
    );
}

#[test]
fn what_would_not_work_is_named_with_the_way_to_mend_it() {
    let folder = tempfile::tempdir().unwrap();
    let secret = " a secret with white space around it ";
    let variables = [
        ("REQIO_PROJECT_ID", "acme"),
        ("REQIO_SECRET", secret),
        ("PUBLIC_URL", "http://app.example.com"),
        ("DATABASE_URL", "sqlite:///nowhere/at/all.db"),
    ];
    let ended = Process::spawn(folder.path(), &variables, &["check"]).ended();
    assert_eq!(ended.code, Some(1));
    let grade = |item: &str| {
        let line = ended
            .stdout
            .lines()
            .find(|line| line.split_whitespace().nth(1) == Some(item))
            .unwrap();
        line.split_whitespace().next().unwrap().to_owned()
    };
    assert_eq!(
        ["reqio", "secret", "url"].map(grade),
        ["ok", "warning", "warning"]
    );
    assert_eq!(
        ["database", "dist", "mint"].map(grade),
        ["failed", "failed", "ok"]
    );
    assert!(ended.stdout.contains("cargo xtask build"));
    assert!(!ended.stdout.contains(secret.trim()) && !ended.stderr.contains(secret.trim()));
}

#[test]
fn a_proxy_that_is_not_named_is_missed_where_there_must_be_one() {
    let folder = tempfile::tempdir().unwrap();
    let url = |variables: &[(&str, &str)]| {
        let variables = [&[("PUBLIC_URL", "https://app.example.com")], variables].concat();
        let ended = Process::spawn(folder.path(), &variables, &["check"]).ended();
        ended
            .stdout
            .lines()
            .find(|line| line.contains(" url "))
            .unwrap()
            .to_owned()
    };
    let line = url(&[]);
    assert!(
        line.starts_with("warning ") && line.contains("TRUSTED_PROXY"),
        "{line}"
    );
    assert!(url(&[("TRUSTED_PROXY", "127.0.0.1")]).starts_with("ok "));
}
