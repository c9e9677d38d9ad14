//! Passwords: every character counts, and a change of one ends whatever the old one had opened.

use std::time::{Duration, Instant, SystemTime};

use accounts::{Accounts, Error, NewUser, Password, SessionToken, SignedIn, Standing};

use crate::support::{ADA, House, PASSWORD, ada, house, password, user};

const NEW: &str = "battery staple";

async fn change(
    accounts: &Accounts,
    session: &SessionToken,
    current: &str,
) -> Result<Option<SessionToken>, Error> {
    let (current, new) = (password(current), password(NEW));
    let changed = accounts
        .change_password(session, current, new, SystemTime::now())
        .await?;
    Ok(changed.map(|signed_in| signed_in.session))
}

async fn sign_in(accounts: &Accounts, email: &str, text: &str) -> Result<SessionToken, Error> {
    let signed_in = accounts
        .sign_in(
            &email.parse().unwrap(),
            password(text),
            Standing::Stranger,
            None,
            SystemTime::now(),
        )
        .await;
    signed_in.map(|SignedIn { session, .. }| session)
}

async fn is_live(accounts: &Accounts, session: &SessionToken) -> bool {
    accounts
        .resume(session, SystemTime::now())
        .await
        .unwrap()
        .is_some()
}

#[tokio::test]
async fn a_new_password_ends_every_session_but_the_one_it_returns() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let here = accounts
        .sign_up(ada(), None, SystemTime::now())
        .await
        .unwrap()
        .session;
    let elsewhere = sign_in(&accounts, ADA, PASSWORD).await.unwrap();
    let stranger = accounts
        .sign_up(user("eve@example.com"), None, SystemTime::now())
        .await
        .unwrap()
        .session;

    let renewed = change(&accounts, &here, PASSWORD).await.unwrap().unwrap();
    assert_ne!(renewed.expose(), here.expose());
    assert!(is_live(&accounts, &renewed).await);
    assert!(!is_live(&accounts, &here).await && !is_live(&accounts, &elsewhere).await);
    assert!(
        is_live(&accounts, &stranger).await,
        "somebody else is not concerned"
    );
    assert!(matches!(
        sign_in(&accounts, ADA, PASSWORD).await,
        Err(Error::InvalidCredentials)
    ));
    assert!(sign_in(&accounts, ADA, NEW).await.is_ok());
}

#[tokio::test]
async fn a_password_is_changed_only_by_who_knows_it_and_is_signed_in() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let session = accounts
        .sign_up(ada(), None, SystemTime::now())
        .await
        .unwrap()
        .session;
    let other = sign_in(&accounts, ADA, PASSWORD).await.unwrap();
    assert!(matches!(
        change(&accounts, &session, "wrong horse").await,
        Err(Error::InvalidCredentials)
    ));
    assert!(
        is_live(&accounts, &session).await && is_live(&accounts, &other).await,
        "a refusal ends nothing"
    );
    accounts.sign_out(&session).await.unwrap();
    assert!(
        change(&accounts, &session, PASSWORD)
            .await
            .unwrap()
            .is_none()
    );
    assert!(
        sign_in(&accounts, ADA, PASSWORD).await.is_ok(),
        "the old password is still the right one"
    );
}

#[tokio::test]
async fn of_two_changes_at_the_same_moment_one_comes_about() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let signed_up = accounts.sign_up(ada(), None, SystemTime::now()).await;
    let session = signed_up.unwrap().session;
    let (one, two) = tokio::join!(
        change(&accounts, &session, PASSWORD),
        change(&accounts, &session, PASSWORD)
    );
    let renewed: Vec<_> = [one, two].into_iter().filter_map(Result::unwrap).collect();
    assert_eq!(renewed.len(), 1);
    assert!(is_live(&accounts, &renewed[0]).await);
}

#[tokio::test]
async fn nobody_changes_the_password_that_demo_customers_share() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let pro = "pro@acme.test";
    accounts
        .add_demo_customer(user(pro), SystemTime::now())
        .await
        .unwrap();
    let session = sign_in(&accounts, pro, PASSWORD).await.unwrap();
    assert!(matches!(
        change(&accounts, &session, PASSWORD).await,
        Err(Error::SharedPassword)
    ));
    assert!(is_live(&accounts, &session).await);
    assert!(sign_in(&accounts, pro, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn every_character_of_a_password_counts() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    // 128 characters of four bytes each: longer than the 72 bytes at which some algorithms stop
    // reading.
    let long = "🐎".repeat(128);
    for (number, password) in [
        long.as_str(),
        "  spaces around  ",
        "Straße\u{301} 12",
        "tab\tand\0nul",
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("user{number}@example.com");
        let new = NewUser {
            password: Password::choose(password.to_owned()).unwrap(),
            ..user(&email)
        };
        accounts
            .sign_up(new, None, SystemTime::now())
            .await
            .unwrap();
        assert!(
            sign_in(&accounts, &email, password).await.is_ok(),
            "{password:?}"
        );
        let all_but_the_last = password
            .char_indices()
            .next_back()
            .map(|(last, _)| &password[..last])
            .unwrap();
        for other in [
            all_but_the_last,
            password.trim_end_matches(' '),
            &password.to_uppercase(),
        ] {
            if other != password {
                let refused = sign_in(&accounts, &email, other).await;
                assert!(
                    matches!(refused, Err(Error::InvalidCredentials)),
                    "{other:?} opened {password:?}"
                );
            }
        }
    }
}

#[tokio::test]
#[ignore = "measures, so the machine must be idle: cargo test -p accounts -- --ignored --nocapture"]
async fn an_unknown_user_takes_as_long_as_a_wrong_password() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    accounts
        .sign_up(ada(), None, SystemTime::now())
        .await
        .unwrap();
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    // In turns, and the other way round every other time: whatever else the machine does falls on
    // both, and so does each of the threads that hash.
    for round in 0..300 {
        let mut tries = [(ADA, &mut known), ("nobody@example.com", &mut unknown)];
        if round % 2 == 1 {
            tries.reverse();
        }
        for (email, times) in tries {
            let began = Instant::now();
            assert!(sign_in(&accounts, email, "wrong horse").await.is_err());
            times.push(began.elapsed());
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    let (known, unknown) = (median(&mut known), median(&mut unknown));
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    println!("wrong password {known:?}, unknown user {unknown:?}: ratio of medians {ratio:.4}");
    assert!((0.9..1.1).contains(&ratio));
}
