//! Passwords: every character counts.

use std::time::{Duration, Instant, SystemTime};

use accounts::{Accounts, Error, NewUser, Password, SessionToken};

use crate::support::{ADA, HOME, client, new_accounts, password, sign_up, user};

async fn sign_in(accounts: &Accounts, email: &str, text: &str) -> Result<SessionToken, Error> {
    let (email, now) = (email.parse().unwrap(), SystemTime::now());
    let signed_in = accounts
        .sign_in(&email, password(text), &client(HOME), now)
        .await;
    signed_in.map(|signed_in| signed_in.session)
}

#[tokio::test]
async fn every_character_of_a_password_counts() {
    let (accounts, _database) = new_accounts().await;
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
            .sign_up(new, &client(HOME), SystemTime::now())
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
    let (accounts, _database) = new_accounts().await;
    sign_up(&accounts, ADA).await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    // In turns, and the other way round every other time: whatever else the machine does falls on
    // both.
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
