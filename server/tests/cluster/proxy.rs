//! nginx in front: TLS, who a visitor is, and what is kept from them.

use serde_json::Value;

use crate::support::{Cluster, Guide, Person, is_not_now, until};

const APP: &str = "https://app.example.com";

/// How curl posts JSON, keeping cookies in this file.
fn post<'a>(jar: &'a str, url: &'a str, body: &'a str) -> [&'a str; 9] {
    let json = "content-type: application/json";
    [
        "--cookie",
        jar,
        "--cookie-jar",
        jar,
        "--header",
        json,
        "--data",
        body,
        url,
    ]
}

fn jar(guide: &Guide) -> String {
    guide.path("/run/jar").display().to_string()
}

#[test]
fn over_https_a_visitor_signs_in_and_out_and_over_http_they_are_sent_there() {
    let cluster = Cluster::start();
    assert_eq!(cluster.guide.run("# From outside"), "okok");
    let jar = jar(&cluster.guide);
    let call = |endpoint: &str, body: &str| -> Value {
        let url = format!("{APP}/api/{endpoint}");
        serde_json::from_str(&cluster.curl(1, &post(&jar, &url, body))).unwrap()
    };
    let credentials = r#"{"email":"pro@acme.test","password":"reqio-demo"}"#;
    assert_eq!(call("sign_in", credentials)["email"], "pro@acme.test");
    let cookies = std::fs::read_to_string(&jar).unwrap();
    assert!(cookies.contains("__Host-session"), "{cookies}");
    assert_eq!(call("identity_token", "{}")["expires_in"], 300);
    assert!(call("sign_out", "{}").is_null());
    assert_eq!(call("identity_token", "{}")["error"], "unauthorized");

    let page = cluster.curl(1, &["--include", APP]);
    assert!(page.contains("strict-transport-security: "), "{page}");
    let plain = cluster.curl(1, &["--include", "http://app.example.com/p?q=1"]);
    assert!(plain.starts_with("HTTP/1.1 308 "), "{plain}");
    assert!(
        plain.contains("Location: https://app.example.com/p?q=1\r\n"),
        "{plain}"
    );
    for old in ["1.0", "1.1"] {
        let highest = ["--tls-max", old, "--ciphers", "DEFAULT@SECLEVEL=0", APP];
        assert!(
            cluster.try_curl(1, &highest).is_none(),
            "TLS {old} is spoken"
        );
    }
}

#[test]
fn the_log_and_the_limits_know_the_visitor_and_not_the_proxy_nor_what_they_claim_to_be() {
    let mut cluster = Cluster::with(crate::support::SANDBOX, "1");
    let url = format!("{APP}/api/sign_in");
    let jar = jar(&cluster.guide);
    let guess = |machine: u8, number: u8| {
        let body = format!(r#"{{"email":"user{number}@acme.test","password":"a wrong guess"}}"#);
        let claim = format!("x-forwarded-for: 192.0.2.{number}");
        let status = ["--output", "/dev/null", "--write-out", "%{http_code}"];
        let arguments = [&post(&jar, &url, &body)[..], &["--header", &claim], &status].concat();
        cluster.curl(machine, &arguments)
    };
    // Each server is asked, and they count together.
    let statuses = [guess(21, 1), guess(21, 2), guess(21, 3)];
    assert_eq!(statuses, ["401", "429", "429"]);
    assert_eq!(guess(22, 4), "401", "another visitor");
    cluster.a.logs("client=127.0.0.21");
    cluster.b.logs("client=127.0.0.21");
}

#[test]
fn no_answer_with_a_token_in_it_is_compressed_on_its_way() {
    let cluster = Cluster::start();
    let jar = jar(&cluster.guide);
    let credentials = r#"{"email":"pro@acme.test","password":"reqio-demo"}"#;
    let url = format!("{APP}/api/sign_in");
    cluster.curl(1, &post(&jar, &url, credentials));
    let url = format!("{APP}/server-rendered");
    let accept = "accept-encoding: gzip, br";
    let asked = ["--include", "--cookie", &jar, "--header", accept, &url];
    let page = cluster.curl(1, &asked);
    assert!(page.contains("data-identity-token="), "{page}");
    assert!(!page.contains("content-encoding"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_server_answers_nginx_says_when_to_come_back_and_finds_them_again() {
    let mut cluster = Cluster::start();
    let mut ada = Person::new("ada@example.com", 1);
    ada.sign_up(&cluster.door).await.ok();
    cluster.a.kill();
    cluster.b.kill();
    for _ in 0..10 {
        is_not_now(&ada.mint(&cluster.door).await);
    }
    cluster.a.start();
    until("that it is found again", async || {
        ada.mint(&cluster.door).await.status == 200
    })
    .await;
}
