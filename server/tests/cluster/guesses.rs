//! Guessing a password, a bit at each server.

use std::time::Instant;

use crate::support::{Cluster, Person};

#[tokio::test(flavor = "multi_thread")]
async fn twenty_wrong_passwords_spread_over_two_servers_are_refused_as_on_one() {
    let cluster = Cluster::with(crate::support::SANDBOX, "10");
    let mut guesser = Person::new("scale@acme.test", 1);
    let began = Instant::now();
    let mut refused = 0;
    for guess in 0..20 {
        let origin = &cluster.servers()[guess % 2].origin;
        let answer = guesser.sign_in(origin, &format!("wrong {guess}")).await;
        match answer.error() {
            (401, code) => assert_eq!(code, "invalid_credentials"),
            (status, code) => {
                assert_eq!((status, code.as_str()), (429, "too_many_attempts"));
                let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
                assert!((1..=6).contains(&wait), "{wait}");
                refused += 1;
            }
        }
    }
    // An attempt comes back every six seconds.
    let came_back = began.elapsed().as_secs() / 6;
    assert!(
        (10 - came_back..=10).contains(&refused),
        "{refused} of 20 were refused"
    );
}
