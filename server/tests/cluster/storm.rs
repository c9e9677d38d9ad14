//! Everybody signs in at once, after an outage say, while others only need their next token.

use std::time::Instant;

use crate::support::{Cluster, PASSWORD, Person, is_not_now};

const SIGN_INS: usize = 400;

#[tokio::test(flavor = "multi_thread")]
async fn a_storm_of_sign_ins_leaves_everybody_else_their_tokens() {
    let mut cluster = Cluster::start();
    let door = cluster.door.clone();
    let mut ada = Person::new("ada@example.com", 1);
    ada.sign_up(&door).await.ok();
    cluster.postgres.stop().unwrap();
    cluster.postgres.resume().unwrap();
    let storm: Vec<_> = (0..SIGN_INS)
        .map(|number| {
            // Each from somewhere else, as far as a machine has addresses.
            let machine = u8::try_from(2 + number % 200).unwrap();
            let (mut person, door) = (Person::new("ada@example.com", machine), door.clone());
            tokio::spawn(async move { person.sign_in(&door, PASSWORD).await })
        })
        .collect();
    let mut waits = Vec::new();
    while !storm.iter().all(tokio::task::JoinHandle::is_finished) {
        let asked = Instant::now();
        let answer = ada.mint(&door).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        waits.push(asked.elapsed());
    }
    let mut signed_in = 0;
    for answer in storm {
        let answer = answer.await.unwrap();
        if answer.status == 200 {
            signed_in += 1;
        } else {
            is_not_now(&answer);
        }
    }
    waits.sort_unstable();
    println!(
        "{signed_in} of {SIGN_INS} signed in; {} tokens meanwhile, after {:?} in the middle, {:?} \
         at most",
        waits.len(),
        waits[waits.len() / 2],
        waits[waits.len() - 1]
    );
    assert!(signed_in > 0 && waits.len() > 10);
    // A sign-in may wait 5 seconds for its turn, and is told then: nobody's token takes as long.
    assert!(waits[waits.len() / 2].as_secs() < 1, "{waits:?}");
}
