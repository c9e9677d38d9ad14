//! Sessions: how they begin, how long they last and how they end.

use std::time::{Duration, SystemTime};

use accounts::{ABSOLUTE_LIMIT, Client, Error, IDLE_LIMIT, Mode, SignedIn};
use reqio_identity::Interval;

use crate::support::{
    ADA, HOME, PASSWORD, billing, client, is_live, new_accounts, open, sign_in, sign_up, until,
    user,
};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_session_survives_a_restart() {
    let (accounts, database) = new_accounts().await;
    let SignedIn { user, session, .. } = sign_up(&accounts, ADA).await;
    accounts.close().await;
    let reopened = open(&database, Mode::Sandbox, 10).await;
    assert_eq!(
        reopened.resume(&session, SystemTime::now()).await.unwrap(),
        Some(user)
    );
}

#[tokio::test]
async fn an_unknown_email_and_a_wrong_password_get_the_same_answer() {
    let (accounts, _database) = new_accounts().await;
    sign_up(&accounts, ADA).await;
    for (email, text) in [(ADA, "wrong horse"), ("nobody@example.com", PASSWORD)] {
        let (email, password) = (email.parse().unwrap(), crate::support::password(text));
        let refused = accounts
            .sign_in(&email, password, &client(HOME), SystemTime::now())
            .await;
        assert!(matches!(refused, Err(Error::InvalidCredentials)));
    }
}

#[tokio::test]
async fn an_email_belongs_to_one_user_however_it_is_typed() {
    let (accounts, _database) = new_accounts().await;
    let SignedIn { user: ada, .. } = sign_up(&accounts, ADA).await;
    let again = accounts
        .sign_up(user("ADA@example.com"), &client(HOME), SystemTime::now())
        .await;
    assert!(matches!(again, Err(Error::EmailTaken)));
    assert_eq!(
        accounts
            .find(&"Ada@Example.com".parse().unwrap())
            .await
            .unwrap(),
        Some(ada)
    );
    assert_eq!(
        accounts
            .find(&"eve@example.com".parse().unwrap())
            .await
            .unwrap(),
        None
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_for_good() {
    let (accounts, _database) = new_accounts().await;
    let now = SystemTime::now();
    let SignedIn { user, session, .. } = sign_up(&accounts, ADA).await;
    accounts
        .sign_out(&session, Some("usr_somebody_else"))
        .await
        .unwrap();
    assert!(is_live(&accounts, &session, now).await, "it is not theirs");
    accounts
        .sign_out(&session, Some(user.id.as_str()))
        .await
        .unwrap();
    assert!(!is_live(&accounts, &session, now).await);
    accounts.sign_out(&session, None).await.unwrap();

    let signed_in = sign_in(&accounts, PASSWORD, &client(HOME), now)
        .await
        .unwrap();
    accounts.sign_out(&signed_in.session, None).await.unwrap();
    assert!(!is_live(&accounts, &signed_in.session, now).await);
}

#[tokio::test]
async fn every_sign_in_brings_a_new_session_and_ends_the_one_before() {
    let (accounts, _database) = new_accounts().await;
    let now = SystemTime::now();
    let first = sign_up(&accounts, ADA).await.session;
    let browser = Client {
        session: Some(first.clone()),
        ..client(HOME)
    };
    assert!(
        sign_in(&accounts, "wrong horse", &browser, now)
            .await
            .is_err()
    );
    assert!(
        is_live(&accounts, &first, now).await,
        "a refused sign-in ends nothing"
    );
    let second = sign_in(&accounts, PASSWORD, &browser, now)
        .await
        .unwrap()
        .session;
    assert_ne!(first.expose(), second.expose());
    assert!(!is_live(&accounts, &first, now).await);
    assert!(is_live(&accounts, &second, now).await);
}

#[tokio::test]
async fn the_database_holds_neither_a_token_nor_the_password() {
    let (accounts, database) = new_accounts().await;
    let SignedIn {
        session, device, ..
    } = sign_up(&accounts, ADA).await;
    accounts.close().await;
    let bytes = database.bytes();
    let contains = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    for secret in [session.expose(), device.expose(), PASSWORD] {
        assert!(!contains(secret.as_bytes()));
    }
    assert!(contains(ADA.as_bytes()), "it was looked for elsewhere");
}

#[tokio::test]
async fn a_change_of_plan_is_kept() {
    let (accounts, _database) = new_accounts().await;
    let SignedIn { user, session, .. } = sign_up(&accounts, ADA).await;
    let scale = billing("scale", 99_000, Interval::Year);
    let changed = accounts
        .change_billing(&user.id, &scale)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(changed.billing, scale);
    let resumed = accounts.resume(&session, SystemTime::now()).await.unwrap();
    assert_eq!(resumed, Some(changed));
}

#[tokio::test]
async fn an_idle_session_ends_after_a_day_and_a_used_one_after_seven() {
    let (accounts, _database) = new_accounts().await;
    let start = SystemTime::now();
    let used = sign_up(&accounts, ADA).await.session;
    let idle = sign_in(&accounts, PASSWORD, &client(HOME), start)
        .await
        .unwrap()
        .session;
    let mut now = start;
    while now + IDLE_LIMIT / 2 < start + ABSOLUTE_LIMIT {
        now += IDLE_LIMIT / 2;
        assert!(accounts.resume(&used, now).await.unwrap().is_some());
        let later = now + IDLE_LIMIT - SECOND;
        until("its use is noted", async || {
            later >= start + ABSOLUTE_LIMIT || is_live(&accounts, &used, later).await
        })
        .await;
    }
    assert!(!is_live(&accounts, &used, start + ABSOLUTE_LIMIT + SECOND).await);
    assert!(is_live(&accounts, &idle, start + IDLE_LIMIT - SECOND).await);
    assert!(
        !is_live(&accounts, &idle, start + IDLE_LIMIT).await,
        "asking was no use of it"
    );
}

#[tokio::test]
async fn the_time_of_last_use_is_kept_to_the_minute() {
    for (used_after, is_noted) in [(59, false), (62, true)] {
        let (accounts, database) = new_accounts().await;
        let session = sign_up(&accounts, ADA).await.session;
        let noted = "SELECT CAST(max(last_seen_at - created_at) AS TEXT) FROM sessions";
        let now = SystemTime::now() + used_after * SECOND;
        assert!(accounts.resume(&session, now).await.unwrap().is_some());
        if is_noted {
            until("its use is noted", async || {
                database.ask(noted).await != "0"
            })
            .await;
        } else {
            assert_eq!(database.ask(noted).await, "0");
        }
    }
}

#[tokio::test]
async fn sessions_are_purged_by_the_absolute_limit_and_never_by_a_wrong_clock() {
    let (accounts, database) = new_accounts().await;
    for (age, is_purged) in [
        (ABSOLUTE_LIMIT.as_secs().cast_signed() + 1, true),
        (ABSOLUTE_LIMIT.as_secs().cast_signed() - 60, false),
        // As a clock that is an hour behind sees it, or one that says 1970.
        (-3_600, false),
        (-56 * 365 * 86_400, false),
    ] {
        let session = sign_up(&accounts, &format!("user{age}@example.com"))
            .await
            .session;
        let move_it = format!(
            "UPDATE sessions
             SET created_at = created_at - {age}, last_seen_at = last_seen_at - {age}"
        );
        database.run(&move_it).await;
        assert_eq!(
            accounts.purge().await.unwrap(),
            u64::from(is_purged),
            "{age} s old"
        );
        let count = database
            .ask("SELECT CAST(count(*) AS TEXT) FROM sessions")
            .await;
        assert_eq!(count, if is_purged { "0" } else { "1" });
        if age < 0 {
            assert!(is_live(&accounts, &session, SystemTime::now()).await);
        }
        database.run("DELETE FROM sessions").await;
    }
}
