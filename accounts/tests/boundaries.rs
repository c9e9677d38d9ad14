//! Where accounts draw the line, to the second and to the character, and what they read back.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use accounts::{
    ABSOLUTE_LIMIT, Accounts, Billing, DatabaseUrl, DemoCustomers, EmailAddress, FullName,
    IDLE_LIMIT, NewUser, Password, SessionToken, SignedIn, Standing,
};
use reqio_identity::{Cents, Interval};
use test_database::TestDatabase;

const EMAIL: &str = "ada@example.com";

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000 + seconds)
}

/// Accounts with one user, who signed up at second 0. The place keeps them.
async fn accounts() -> (Accounts, SignedIn, TestDatabase) {
    let place = TestDatabase::new();
    let settings = place.url.parse::<DatabaseUrl>().unwrap().into();
    let accounts = Accounts::open(&settings, DemoCustomers::Refused)
        .await
        .unwrap();
    let ada = NewUser {
        name: "Ada".parse().unwrap(),
        email: EMAIL.parse().unwrap(),
        password: Password::choose("correct horse".to_owned()).unwrap(),
        billing: Billing {
            plan: "free".to_owned(),
            amount: Cents::default(),
            interval: Interval::Month,
        },
    };
    let signed_in = accounts.sign_up(ada, None, at(0)).await.unwrap();
    (accounts, signed_in, place)
}

#[test]
fn a_session_lasts_24_idle_hours_and_7_days_at_most() {
    assert_eq!(IDLE_LIMIT, Duration::from_secs(86_400));
    assert_eq!(ABSOLUTE_LIMIT, Duration::from_secs(604_800));
}

#[tokio::test]
async fn the_time_of_last_use_is_kept_to_the_minute() {
    for (used_at, lives) in [(60, false), (61, true)] {
        let (accounts, SignedIn { session, .. }, _place) = accounts().await;
        assert!(
            accounts
                .resume(&session, at(used_at))
                .await
                .unwrap()
                .is_some()
        );
        let later = accounts
            .resume(&session, at(IDLE_LIMIT.as_secs() + 30))
            .await
            .unwrap();
        assert_eq!(later.is_some(), lives, "used at {used_at} s");
    }
}

#[tokio::test]
async fn as_many_sessions_are_purged_as_have_outlived_a_limit() {
    let (accounts, _, _place) = accounts().await;
    let again = || Password::enter("correct horse".to_owned()).unwrap();
    for second in [1, 2] {
        accounts
            .sign_in(
                &EMAIL.parse().unwrap(),
                again(),
                Standing::Stranger,
                None,
                at(second),
            )
            .await
            .unwrap();
    }
    for (second, purged) in [
        (0, 0),
        (IDLE_LIMIT.as_secs() + 1, 2),
        (ABSOLUTE_LIMIT.as_secs(), 1),
    ] {
        assert_eq!(
            accounts.purge(at(second)).await.unwrap(),
            Some(purged),
            "after {second} s"
        );
    }
}

#[tokio::test]
async fn a_user_is_found_by_their_email_and_by_no_other() {
    let (accounts, SignedIn { user, .. }, _place) = accounts().await;
    assert_eq!(
        accounts.find(&EMAIL.parse().unwrap()).await.unwrap(),
        Some(user)
    );
    assert_eq!(
        accounts
            .find(&"eve@example.com".parse().unwrap())
            .await
            .unwrap(),
        None
    );
}

#[test]
fn names_and_addresses_read_back_as_they_were_understood() {
    assert_eq!(
        " Ada Lovelace ".parse::<FullName>().unwrap().as_str(),
        "Ada Lovelace"
    );
    assert_eq!(
        "Ada@Example.com"
            .parse::<EmailAddress>()
            .unwrap()
            .to_string(),
        EMAIL
    );
}

#[test]
fn the_shortest_password_has_8_characters() {
    assert!(Password::choose("x".repeat(7)).is_err());
    assert!(Password::choose("x".repeat(8)).is_ok());
}

#[test]
fn only_64_hex_digits_can_be_a_session() {
    let token = "0123456789abcdef".repeat(4);
    assert_eq!(SessionToken::from_cookie(&token).unwrap().expose(), token);
    for cookie in [
        "",
        &token[1..],
        &format!("{token}0"),
        &token.replace('f', "g"),
        &token.replace('f', "é"),
    ] {
        assert!(
            SessionToken::from_cookie(cookie).is_none(),
            "{cookie:?} was taken"
        );
    }
}

#[test]
fn debug_output_says_that_there_is_a_session_and_not_which() {
    let token = SessionToken::from_cookie(&"0123456789abcdef".repeat(4)).unwrap();
    assert_eq!(format!("{token:?}"), "SessionToken([redacted])");
}
