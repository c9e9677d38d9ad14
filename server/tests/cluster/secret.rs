//! Another signing secret, server by server.

use std::fs;

use crate::support::{Cluster, NO_SANDBOX, Person, verify};

const OLD: &str = "the first secret, of more than 32 bytes";
const NEW: &str = "the second secret: of more than 32 bytes";
const AUDIENCE: &str = "https://reqio.app/p/acme";

#[tokio::test(flavor = "multi_thread")]
async fn another_secret_signs_nobody_out_and_signs_every_token_from_then_on() {
    let mut cluster = Cluster::with(NO_SANDBOX, "1000000");
    let mut ada = Person::new("ada@example.com", 1);
    let user = ada.sign_up(&cluster.door).await.ok();
    let origins = cluster.servers().map(|server| server.origin.clone());
    for origin in &origins {
        signs(&mut ada, origin, OLD, &user["id"]).await;
    }
    let env = cluster.guide.path("/etc/identity/.env");
    let text = fs::read_to_string(&env).unwrap();
    fs::write(&env, text.replace(OLD, NEW)).unwrap();
    cluster.update(&async || ()).await;
    for origin in &origins {
        signs(&mut ada, origin, NEW, &user["id"]).await;
    }
}

/// A token from there is signed with `secret`, for whoever signed in before.
async fn signs(ada: &mut Person, origin: &str, secret: &str, id: &serde_json::Value) {
    let token = ada.mint(origin).await.ok()["token"].clone();
    let claims = verify(token.as_str().unwrap(), secret, AUDIENCE);
    assert_eq!(&claims["sub"], id);
}
