//! How long sessions last, and what counts as a use of one.

use std::time::{Duration, SystemTime};

use accounts::{ABSOLUTE_LIMIT, IDLE_LIMIT};

use crate::support::{House, PASSWORD, ada, house, sign_in};

#[tokio::test]
async fn an_idle_session_ends_and_a_used_one_lives_on_until_the_absolute_limit() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let start = SystemTime::now();
    let second = Duration::from_secs(1);
    let idle = accounts.sign_up(ada(), None, start).await.unwrap().session;
    let busy = sign_in(&accounts, PASSWORD, None, start)
        .await
        .unwrap()
        .session;

    let mut elapsed = Duration::ZERO;
    while elapsed + IDLE_LIMIT / 2 < ABSOLUTE_LIMIT {
        elapsed += IDLE_LIMIT / 2;
        assert!(
            accounts
                .resume(&busy, start + elapsed)
                .await
                .unwrap()
                .is_some(),
            "ended after {elapsed:?}"
        );
    }
    assert_eq!(
        accounts
            .resume(&busy, start + ABSOLUTE_LIMIT)
            .await
            .unwrap(),
        None
    );
    assert!(
        accounts
            .resume(&idle, start + IDLE_LIMIT - second)
            .await
            .unwrap()
            .is_some()
    );

    let other = sign_in(&accounts, PASSWORD, None, start)
        .await
        .unwrap()
        .session;
    assert_eq!(
        accounts.resume(&other, start + IDLE_LIMIT).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn what_a_page_does_by_itself_keeps_no_session_alive() {
    let house = house().await;
    let start = SystemTime::now();
    let signed_up = house.accounts.sign_up(ada(), None, start).await.unwrap();
    let hour = Duration::from_secs(3_600);
    let renew = async |now| {
        let found = house.accounts.resume_unattended(&signed_up.session, now);
        found.await.unwrap().is_some()
    };
    for elapsed in 1..24 {
        assert!(
            renew(start + elapsed * hour).await,
            "ended after {elapsed} hours"
        );
    }
    assert!(
        !renew(start + IDLE_LIMIT).await,
        "an open tab kept it alive"
    );
}

#[tokio::test]
async fn a_clock_that_was_ahead_lengthens_no_session() {
    let house = house().await;
    let wrong = SystemTime::now() + Duration::from_secs(365 * 86_400);
    let signed_up = house.accounts.sign_up(ada(), None, wrong).await.unwrap();
    let is_live = async |now| {
        let found = house.accounts.resume(&signed_up.session, now).await;
        found.unwrap().is_some()
    };
    assert!(
        !is_live(SystemTime::now()).await,
        "it would last a year longer"
    );
    assert!(
        is_live(wrong - Duration::from_secs(60)).await,
        "another server's clock"
    );
    // Nor does it begin to live when its time has come.
    let purged = house.accounts.purge(SystemTime::now()).await.unwrap();
    assert_eq!(purged, Some(1));
    assert!(!is_live(wrong).await);
}

#[tokio::test]
async fn ended_sessions_are_purged_and_live_ones_kept() {
    let House {
        accounts,
        place: _place,
    } = house().await;
    let start = SystemTime::now();
    accounts.sign_up(ada(), None, start).await.unwrap();
    let live = sign_in(&accounts, PASSWORD, None, start + IDLE_LIMIT)
        .await
        .unwrap()
        .session;
    let purged = accounts.purge(start + IDLE_LIMIT).await.unwrap();
    assert_eq!(purged, Some(1));
    assert!(
        accounts
            .resume(&live, start + IDLE_LIMIT)
            .await
            .unwrap()
            .is_some()
    );
}
