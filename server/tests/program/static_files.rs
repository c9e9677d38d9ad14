//! The browser's half: files kept for good, the shell asked for again, and nothing from outside its
//! folder.

use std::collections::HashSet;

use reqwest::Method;

use crate::support::{Answer, Connection, Dist, Visitor};

async fn get_with(visitor: &Visitor, path: &str, name: &str, value: &str) -> Answer {
    visitor
        .send(visitor.request(Method::GET, path).header(name, value))
        .await
}

#[tokio::test]
async fn a_file_with_its_hash_in_its_name_is_kept_for_good() {
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&[]);
    let visitor = Visitor::new(&origin);
    for (path, kind) in [
        ("/demo-1a2b.js", "text/javascript"),
        ("/demo-1a2b_bg.wasm", "application/wasm"),
        ("/main-1a2b.css", "text/css"),
    ] {
        let answer = visitor.get(path).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(kind))
        );
        assert_eq!(
            answer.header("cache-control"),
            Some("public, max-age=31536000, immutable"),
            "{path}"
        );
    }
    assert_eq!(visitor.get("/demo-1a2b.js").await.text(), Dist::JAVASCRIPT);
    let picture = visitor.get("/icon.svg").await;
    assert_eq!(
        (picture.status, picture.header("cache-control")),
        (200, Some("no-cache")),
        "its name never changes"
    );
}

#[tokio::test]
async fn everybody_gets_the_smallest_copy_that_they_can_read() {
    const PLAIN: &[u8] = Dist::JAVASCRIPT.as_bytes();
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&[]);
    let visitor = Visitor::new(&origin);
    let mut etags = HashSet::new();
    for (accepted, coding, body) in [
        ("gzip, br", Some("br"), Dist::BROTLI),
        ("GZIP;q=1.0,BR;q=0.1", Some("br"), Dist::BROTLI),
        // What every browser says over plain http.
        ("gzip, deflate", Some("gzip"), Dist::GZIP),
        ("br;q=0, gzip", Some("gzip"), Dist::GZIP),
        ("br; q=0.0", None, PLAIN),
        ("identity", None, PLAIN),
        ("brown", None, PLAIN),
    ] {
        let answer = get_with(&visitor, "/demo-1a2b.js", "accept-encoding", accepted).await;
        assert_eq!(
            (answer.header("content-encoding"), answer.body.as_slice()),
            (coding, body),
            "{accepted}"
        );
        assert_eq!(answer.header("content-type"), Some("text/javascript"));
        assert_eq!(
            answer.header("cache-control"),
            Some("public, max-age=31536000, immutable")
        );
        assert_eq!(
            answer.header("vary"),
            Some("accept-encoding"),
            "else a cache gives a copy to those who cannot read it"
        );
        etags.insert(answer.header("etag").unwrap().to_owned());
    }
    assert_eq!(etags.len(), 1, "they are one file: {etags:?}");
    let shell = get_with(&visitor, "/", "accept-encoding", "br").await;
    assert_eq!(
        (shell.header("content-encoding"), shell.body.as_slice()),
        (Some("br"), Dist::BROTLI)
    );
    assert_eq!(
        visitor.get("/demo-1a2b.js.br").await.status,
        404,
        "copies have no address"
    );
}

/// What a browser sends where a person opens an address.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[tokio::test]
async fn every_address_without_a_file_that_a_browser_opens_is_the_page() {
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&[]);
    let visitor = Visitor::new(&origin);
    for path in [
        "/",
        "/index.html",
        "/account",
        "/deep/link?tab=1&file=/.env",
        "/u/ada@acme.com",
        "/v1.2",
        "/dots.in.it/",
        "/pictures",
        "/pictures/",
        "/apiary",
        "/readyz/",
    ] {
        let answer = get_with(&visitor, path, "accept", BROWSER).await;
        assert_eq!(
            (answer.status, answer.text()),
            (200, Dist::shell()),
            "{path}"
        );
        let content_type = answer.header("content-type");
        assert_eq!(content_type, Some("text/html; charset=utf-8"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
    }
    for path in ["/", "/index.html"] {
        assert_eq!(
            visitor.get(path).await.text(),
            Dist::shell(),
            "curl opens {path} too"
        );
    }
    let head = visitor.send(visitor.request(Method::HEAD, "/")).await;
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[tokio::test]
async fn what_is_no_page_is_404_and_may_come_back() {
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&[]);
    let visitor = Visitor::new(&origin);
    for (path, accept) in [
        // Scripts, styles and pictures of an older build, and what programs look for.
        ("/demo-0000.js", "*/*"),
        ("/deep/demo-0000_bg.wasm", "*/*"),
        ("/main-0000.css", "text/css,*/*;q=0.1"),
        ("/favicon.ico", "image/avif,image/webp,image/*,*/*;q=0.8"),
        ("/robots.txt", "*/*"),
        ("/metrics", "*/*"),
        ("/metrics", "application/openmetrics-text,text/plain"),
        ("/readyz/", "*/*"),
        ("/account", "application/json"),
        ("/demo-1a2b.js.br", "*/*"),
        // What scanners look for, whatever they accept.
        ("/.env", BROWSER),
        ("/.git/config", BROWSER),
        ("/deep/.git/config", BROWSER),
        ("/%2eenv", BROWSER),
        ("/%2Egit/config", BROWSER),
    ] {
        let answer = get_with(&visitor, path, "accept", accept).await;
        assert_eq!(answer.status, 404, "{path} {accept}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        assert!(!answer.text().contains("<html"), "{path}");
    }
}

#[tokio::test]
async fn a_shell_that_has_not_changed_is_not_sent_again() {
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&[]);
    let visitor = Visitor::new(&origin);
    let etag = visitor.get("/").await.header("etag").unwrap().to_owned();
    let answer = get_with(&visitor, "/", "if-none-match", &etag).await;
    assert_eq!((answer.status, answer.body.len()), (304, 0));
    assert_eq!(
        (answer.header("etag"), answer.header("cache-control")),
        (Some(etag.as_str()), Some("no-cache"))
    );
    assert_eq!(
        get_with(&visitor, "/", "if-none-match", "\"another\"")
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&[]);
    let absolute = dist.path().join("outside.txt").display().to_string();
    for target in [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/%2e%2e%2foutside.txt",
        "/pictures/../../outside.txt",
        "/pictures/..%2f..%2foutside.txt",
        "/..\\outside.txt",
        "/..%5coutside.txt",
        "/%252e%252e/outside.txt",
        "/..;/outside.txt",
        "/%c0%ae%c0%ae/outside.txt",
        &format!("/{absolute}"),
        &absolute,
        &format!("/{}", absolute.replace('/', "%2f")),
        &format!("http://localhost{absolute}"),
        "/../demo.db",
        "/..%2fdemo.db",
    ] {
        let answer = Connection::get(&origin, target).await;
        assert!(answer.status < 500, "{target}: {answer:?}");
        assert!(
            answer.status != 200 || answer.body == Dist::shell().as_bytes(),
            "{target}: {answer:?}"
        );
    }
}

#[tokio::test]
async fn files_are_read_and_never_written() {
    let dist = Dist::new();
    let (_process, origin) = dist.serve(&[]);
    let visitor = Visitor::new(&origin);
    for path in [
        "/",
        "/index.html",
        "/demo-1a2b.js",
        "/deep/link",
        "/nowhere.js",
    ] {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = visitor
                .send(visitor.request(method.clone(), path).body("x"))
                .await;
            assert_eq!(answer.status, 405, "{method} {path}");
        }
    }
    assert_eq!(visitor.get("/demo-1a2b.js").await.text(), Dist::JAVASCRIPT);
}

#[tokio::test]
async fn without_a_build_the_page_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = crate::support::Process::spawn(folder.path(), &[], &[]);
    let answer = Visitor::new(&process.origin()).get("/").await;
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("cargo xtask build"));
}
