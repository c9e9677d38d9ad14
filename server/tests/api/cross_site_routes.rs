//! What pages of other sites can do with the routes that are no server functions: nothing.

use reqwest::Method;

use super::cross_site::{ORIGINS, OWN, gives_nothing_away, harmful};
use crate::support::App;

#[tokio::test]
async fn what_is_no_server_function_takes_nothing_from_anybody() {
    let app = App::start().await;
    let victim = app.visitor();
    let before = victim.sign_up("ada@example.com").await.ok();
    for path in [
        "/",
        "/index.html",
        "/server-rendered",
        "/healthz",
        "/readyz",
        "/nowhere",
        "/nowhere.js",
        "/api",
        "/api/nothing",
    ] {
        for method in [
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
        ] {
            for (site, _) in OWN {
                for origin in ORIGINS {
                    let mut request = victim
                        .request(method.clone(), path)
                        .header("referer", "https://evil.test/");
                    for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                        request = value
                            .into_iter()
                            .fold(request, |request, value| request.header(name, value));
                    }
                    let answer = victim.send(request.json(&harmful("change_plan"))).await;
                    let reads = matches!(method, Method::GET | Method::HEAD);
                    let expected = match path {
                        "/api" | "/api/nothing" => 404,
                        _ if !reads => 405,
                        "/nowhere" | "/nowhere.js" => 404,
                        "/server-rendered" | "/healthz" | "/readyz" => 200,
                        // There is no build of the browser's half here.
                        _ => 503,
                    };
                    assert_eq!(
                        answer.status, expected,
                        "{method} {path} {site:?} {origin:?}"
                    );
                    gives_nothing_away(&answer);
                    assert_eq!(answer.header("set-cookie"), None);
                }
            }
        }
    }
    assert_eq!(victim.user().await, before);
}

#[tokio::test]
async fn no_other_site_can_read_a_page_of_ours() {
    let app = App::start().await;
    let pro = app.visitor();
    pro.sign_in("pro@acme.test").await;
    for path in [
        "/",
        "/server-rendered",
        "/healthz",
        "/nowhere",
        "/nowhere.js",
        "/api/nothing",
    ] {
        for method in [Method::GET, Method::OPTIONS] {
            let request = pro
                .request(method, path)
                .header("origin", "https://evil.test");
            let answer = pro
                .send(request.header("access-control-request-method", "POST"))
                .await;
            gives_nothing_away(&answer);
            assert_eq!(
                answer.header("cross-origin-resource-policy"),
                Some("same-origin"),
                "{path}"
            );
        }
    }
}
