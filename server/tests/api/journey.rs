//! One sign-in, end to end: the app mints, the sandbox verifies with code of its own.

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::support::{App, Visitor, claims, header};

/// Calls the sandbox as the widget does.
pub(crate) async fn mine(sandbox: &str, token: &str) -> (u16, Value) {
    let client = Client::builder().no_proxy().build().unwrap();
    let request = client.get(format!("{sandbox}/api/features/mine"));
    let request = request
        .header("x-reqio-project", "demo")
        .bearer_auth(token)
        .header("origin", App::PUBLIC_URL);
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

async fn requester(sandbox: &str, id: &Value) -> Value {
    let client = Client::builder().no_proxy().build().unwrap();
    let response = client
        .get(format!("{sandbox}/p/demo/api/v1/requesters"))
        .send()
        .await
        .unwrap();
    let list: Value = response.json().await.unwrap();
    let found: Vec<_> = list["requesters"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|found| found["id"] == *id)
        .collect();
    assert_eq!(found.len(), 1, "{id} in {list}");
    found[0].clone()
}

#[tokio::test]
async fn each_demo_customer_reaches_the_backlog_with_their_monthly_value() {
    let app = App::start().await;
    let sandbox = app.sandbox.as_ref().unwrap();
    for (email, plan, amount, interval, monthly) in [
        ("free@acme.test", "free", 0, "month", 0),
        ("pro@acme.test", "pro", 2_900, "month", 2_900),
        ("scale@acme.test", "scale", 99_000, "year", 8_250),
    ] {
        let visitor = app.visitor();
        let user = visitor.sign_in(email).await;
        assert_eq!(
            (&user["plan"], &user["amount"], &user["interval"]),
            (&json!(plan), &json!(amount), &json!(interval))
        );
        let (status, answer) = mine(sandbox, &visitor.token().await).await;
        assert_eq!(
            (status, answer),
            (200, json!({ "features": [] })),
            "{email}"
        );
        let requester = requester(sandbox, &user["id"]).await;
        assert_eq!(requester["email"], email);
        assert_eq!(requester["monthly_amount"], monthly);
    }
}

#[tokio::test]
async fn the_token_has_the_documented_header_and_claims_and_no_others() {
    let app = App::start().await;
    let visitor = app.visitor();
    let user = visitor.sign_in("scale@acme.test").await;
    let token = visitor.token().await;
    assert_eq!(header(&token), json!({ "typ": "JWT", "alg": "HS256" }));
    let claims = claims(&token);
    let issued = claims["iat"].as_u64().unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    assert!(
        (now - 60..=now).contains(&issued),
        "{issued} is not now, {now}"
    );
    assert_eq!(
        claims,
        json!({
            "sub": user["id"], "email": "scale@acme.test",
            "traits": { "plan": "scale", "amount": 99_000, "interval": "year" },
            "aud": "https://reqio.app/p/demo", "iat": issued, "exp": issued + 300
        })
    );
}

#[tokio::test]
async fn another_plan_is_in_the_next_token_and_in_the_backlog() {
    let app = App::start().await;
    let sandbox = app.sandbox.as_ref().unwrap();
    let visitor = app.visitor();
    let before = visitor.sign_in("free@acme.test").await;
    for (plan, interval, amount, monthly) in [
        ("pro", "month", 2_900, 2_900),
        ("scale", "month", 9_900, 9_900),
        ("scale", "year", 99_000, 8_250),
    ] {
        let user = visitor
            .call("change_plan", json!({ "plan": plan, "interval": interval }))
            .await
            .ok();
        let traits = json!({ "plan": plan, "amount": amount, "interval": interval });
        assert_eq!(
            json!({ "plan": user["plan"], "amount": user["amount"], "interval": user["interval"] }),
            traits
        );
        assert_eq!(user["id"], before["id"]);
        let token = visitor.token().await;
        assert_eq!(claims(&token)["traits"], traits);
        assert_eq!(mine(sandbox, &token).await.0, 200);
        assert_eq!(
            requester(sandbox, &user["id"]).await["monthly_amount"],
            monthly
        );
    }
    let user = visitor
        .call("change_plan", json!({ "plan": "free", "interval": "year" }))
        .await
        .ok();
    assert_eq!(
        (&user["amount"], &user["interval"]),
        (&json!(0), &json!("month"))
    );
}

#[tokio::test]
async fn nothing_in_a_request_decides_whom_a_token_is_for() {
    let app = App::start().await;
    let (pro, scale) = (app.visitor(), app.visitor());
    let (user, other) = (
        pro.sign_in("pro@acme.test").await,
        scale.sign_in("scale@acme.test").await,
    );
    let wish = json!({
        "sub": other["id"], "user_id": other["id"], "id": other["id"], "email": "scale@acme.test",
        "exp": 4_102_444_800_u64, "iat": 0, "aud": "https://reqio.app/p/other", "alg": "none",
        "amount": 1, "traits": { "plan": "scale", "amount": 1, "interval": "year" }, "user": other
    });
    let is_pro = |token: &str| {
        let claims = claims(token);
        assert_eq!(
            (&claims["sub"], &claims["email"]),
            (&user["id"], &json!("pro@acme.test"))
        );
        assert_eq!(
            claims["traits"],
            json!({ "plan": "pro", "amount": 2_900, "interval": "month" })
        );
        assert_eq!(
            claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(),
            300
        );
        assert_eq!(claims["aud"], "https://reqio.app/p/demo");
        assert_eq!(header(token)["alg"], "HS256");
    };
    is_pro(
        pro.call("identity_token", wish.clone()).await.ok()["token"]
            .as_str()
            .unwrap(),
    );
    is_pro(
        pro.call("session", wish.clone()).await.ok()["identity"]["token"]
            .as_str()
            .unwrap(),
    );
    let path = format!(
        "/api/identity_token?sub={0}&user_id={0}",
        other["id"].as_str().unwrap()
    );
    let request = pro
        .request(Method::POST, &path)
        .header("x-user-id", other["id"].as_str().unwrap());
    is_pro(
        pro.send(request.json(&wish)).await.ok()["token"]
            .as_str()
            .unwrap(),
    );
    assert_eq!(
        app.visitor().call("identity_token", wish).await.error(),
        (401, "unauthorized".into())
    );
}

#[tokio::test]
async fn what_is_charged_comes_from_the_price_list_and_not_from_the_request() {
    let app = App::start().await;
    let (pro, scale) = (app.visitor(), app.visitor());
    let (user, other) = (
        pro.sign_in("pro@acme.test").await,
        scale.sign_in("scale@acme.test").await,
    );
    let wish =
        json!({ "plan": "pro", "interval": "year", "amount": 1, "id": other["id"], "user": other });
    let changed = pro.call("change_plan", wish).await.ok();
    assert_eq!(
        (&changed["id"], &changed["amount"]),
        (&user["id"], &json!(29_000))
    );
    assert_eq!(scale.user().await, other, "nobody else's plan has changed");

    let eve: Visitor = app.visitor();
    let wish = json!({
        "name": "Eve", "email": "eve@example.com", "password": "correct horse",
        "id": other["id"], "plan": "scale", "amount": 99_000, "interval": "year", "demo": true
    });
    let signed_up = eve.call("sign_up", wish).await.ok();
    assert_eq!(
        (&signed_up["plan"], &signed_up["amount"]),
        (&json!("free"), &json!(0))
    );
    assert_ne!(signed_up["id"], other["id"]);
}
