//! Sessions: how they begin and how they end.

use std::time::SystemTime;

use accounts::{Accounts, DemoCustomers::Admitted, Error, NewUser, SignedIn, Standing::Stranger};
use reqio_identity::Interval;
use tokio::task::JoinSet;

use crate::support::{
    House, PASSWORD, ada, billing, house, open, password, settings, sign_in, user,
};

#[tokio::test]
async fn a_session_survives_a_restart() {
    let House { accounts, place } = house().await;
    let now = SystemTime::now();
    let SignedIn { user, session } = accounts.sign_up(ada(), None, now).await.unwrap();
    accounts.close().await;
    let reopened = open(&settings(&place)).await;
    assert_eq!(reopened.resume(&session, now).await.unwrap(), Some(user));
}

#[tokio::test]
async fn an_unknown_email_and_a_wrong_password_get_the_same_answer() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    accounts.sign_up(ada(), None, now).await.unwrap();
    for (email, text) in [
        ("ada@example.com", "wrong horse"),
        ("nobody@example.com", "correct horse"),
    ] {
        let refused = accounts
            .sign_in(&email.parse().unwrap(), password(text), Stranger, None, now)
            .await;
        assert!(matches!(refused, Err(Error::InvalidCredentials)));
    }
}

#[tokio::test]
async fn an_email_belongs_to_one_user_however_it_is_typed() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    accounts.sign_up(ada(), None, now).await.unwrap();
    let again = NewUser {
        email: "ADA@example.com".parse().unwrap(),
        ..ada()
    };
    assert!(matches!(
        accounts.sign_up(again, None, now).await,
        Err(Error::EmailTaken)
    ));
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    let session = accounts.sign_up(ada(), None, now).await.unwrap().session;
    accounts.sign_out(&session).await.unwrap();
    assert_eq!(accounts.resume(&session, now).await.unwrap(), None);
    accounts.sign_out(&session).await.unwrap();
}

#[tokio::test]
async fn signing_out_of_what_is_no_session_writes_nothing() {
    let House { accounts, place } = house().await;
    let now = SystemTime::now();
    let ended = accounts.sign_up(ada(), None, now).await.unwrap().session;
    accounts.sign_out(&ended).await.unwrap();
    let signed_in = sign_in(&accounts, PASSWORD, None, now).await.unwrap();
    // Where every write is refused by the database itself.
    let reader = Accounts::open_to_read(&settings(&place), Admitted).await;
    let reader = reader.unwrap();
    reader.sign_out(&ended).await.unwrap();
    let refused = reader.sign_out(&signed_in.session).await;
    assert!(matches!(refused, Err(Error::Database(_))), "{refused:?}");
}

#[tokio::test]
async fn every_sign_in_brings_a_new_session_and_ends_the_one_before() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    let first = accounts.sign_up(ada(), None, now).await.unwrap().session;
    let second = sign_in(&accounts, PASSWORD, Some(&first), now)
        .await
        .unwrap()
        .session;
    assert_ne!(first.expose(), second.expose());
    assert_eq!(accounts.resume(&first, now).await.unwrap(), None);
    assert!(accounts.resume(&second, now).await.unwrap().is_some());
}

#[tokio::test]
async fn a_refused_sign_in_leaves_the_session_before_it_alone() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    let session = accounts.sign_up(ada(), None, now).await.unwrap().session;
    let email = "ada@example.com".parse().unwrap();
    assert!(
        accounts
            .sign_in(&email, password("wrong"), Stranger, Some(&session), now)
            .await
            .is_err()
    );
    assert!(accounts.resume(&session, now).await.unwrap().is_some());
}

#[tokio::test]
async fn the_database_holds_neither_the_token_nor_the_password() {
    let House { accounts, place } = house().await;
    let session = accounts
        .sign_up(ada(), None, SystemTime::now())
        .await
        .unwrap()
        .session;
    accounts.close().await;
    let bytes = place.bytes();
    let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(!contains(session.expose().as_bytes()) && !contains(b"correct horse"));
    assert!(contains(b"ada@example.com"), "it was looked for elsewhere");
}

#[tokio::test]
async fn a_change_of_plan_is_kept() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    let SignedIn { user, session } = accounts.sign_up(ada(), None, now).await.unwrap();
    let scale = billing("scale", 99_000, Interval::Year);
    let changed = accounts
        .change_billing(&user.id, &scale)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(changed.billing, scale);
    assert_eq!(accounts.resume(&session, now).await.unwrap(), Some(changed));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_ask_at_once_each_is_told_who_they_are_themselves() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let now = SystemTime::now();
    let mut open = Vec::new();
    for number in 0..4 {
        let new = user(&format!("{number}@example.com"));
        open.push(accounts.sign_up(new, None, now).await.unwrap());
    }
    let ended = accounts.sign_up(ada(), None, now).await.unwrap().session;
    accounts.sign_out(&ended).await.unwrap();

    let mut asking = JoinSet::new();
    for SignedIn { user, session } in open.iter().cycle().take(400) {
        for (session, expected) in [(session, Some(user.clone())), (&ended, None)] {
            let (accounts, session) = (accounts.clone(), session.clone());
            asking.spawn(async move {
                assert_eq!(accounts.resume(&session, now).await.unwrap(), expected);
            });
        }
    }
    asking.join_all().await;
}
