//! How passwords are hashed, and in which order.

use std::{sync::Arc, time::Duration};

use argon2::{Argon2, Params, password_hash::PasswordHasher as _};

use super::{
    PasswordHasher,
    Standing::{self, Known, Stranger},
    Verdict,
};
use crate::{Error, Password};

fn password(text: &str) -> Password {
    Password::enter(text.to_owned()).unwrap()
}

#[tokio::test]
async fn hashes_carry_the_parameters_owasp_recommends() {
    let hash = PasswordHasher::new()
        .unwrap()
        .hash(password("correct horse"), Stranger)
        .await
        .unwrap();
    assert!(
        hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{hash}"
    );
}

#[tokio::test]
async fn a_password_with_unknown_owner_is_wrong() {
    let hasher = PasswordHasher::new().unwrap();
    assert_eq!(
        hasher
            .verify(password("anything"), None, Stranger)
            .await
            .unwrap(),
        Verdict::Wrong
    );
}

#[tokio::test]
async fn a_hash_made_today_is_not_outdated() {
    let hasher = PasswordHasher::new().unwrap();
    let stored = hasher
        .hash(password("correct horse"), Stranger)
        .await
        .unwrap();
    assert_eq!(
        hasher
            .verify(password("correct horse"), Some(stored), Stranger)
            .await
            .unwrap(),
        Verdict::Right
    );
}

#[tokio::test]
async fn a_hash_made_with_weaker_parameters_still_opens_and_says_so() {
    let weak = Argon2::from(Params::new(8 * 1024, 1, 1, None).unwrap());
    let stored = weak.hash_password(b"correct horse").unwrap().to_string();
    let hasher = PasswordHasher::new().unwrap();
    assert_eq!(
        hasher
            .verify(password("correct horse"), Some(stored.clone()), Stranger)
            .await
            .unwrap(),
        Verdict::RightButOutdated
    );
    assert_eq!(
        hasher
            .verify(password("another"), Some(stored), Stranger)
            .await
            .unwrap(),
        Verdict::Wrong
    );
}

#[tokio::test]
async fn a_visitor_who_hangs_up_does_not_free_a_busy_core() {
    let hasher = PasswordHasher::new().unwrap();
    let cores = hasher.cores.available_permits();
    let (release, blocked) = std::sync::mpsc::channel::<()>();
    let (started, running) = std::sync::mpsc::channel::<()>();
    let visit = tokio::spawn({
        let hasher = hasher.clone();
        async move {
            hasher
                .on_a_core(Stranger, move || {
                    started.send(()).unwrap();
                    blocked.recv().unwrap();
                    Ok(())
                })
                .await
        }
    });
    tokio::task::spawn_blocking(move || running.recv().unwrap())
        .await
        .unwrap();
    visit.abort();
    assert!(visit.await.unwrap_err().is_cancelled());
    assert_eq!(hasher.cores.available_permits(), cores - 1);
    release.send(()).unwrap();
    let all = Arc::clone(&hasher.cores).acquire_many_owned(u32::try_from(cores).unwrap());
    drop(
        tokio::time::timeout(Duration::from_secs(10), all)
            .await
            .unwrap()
            .unwrap(),
    );
}

/// Keeps the one core of `hasher` busy until the sender is dropped.
async fn block(hasher: &PasswordHasher) -> std::sync::mpsc::Sender<()> {
    let (release, blocked) = std::sync::mpsc::channel::<()>();
    let hasher = hasher.clone();
    let (started, running) = tokio::sync::oneshot::channel();
    tokio::spawn(async move {
        let work = move || {
            started.send(()).unwrap();
            while blocked.recv().is_ok() {}
            Ok(())
        };
        hasher.on_a_core(Stranger, work).await
    });
    running.await.unwrap();
    release
}

/// Who hashes in which order on one core, when they come in the order of `arrivals`.
async fn order(arrivals: &[(Standing, usize)]) -> Vec<usize> {
    let hasher = PasswordHasher::with_cores(1).unwrap();
    let release = block(&hasher).await;
    let (done, order) = std::sync::mpsc::channel();
    let mut visits = tokio::task::JoinSet::new();
    for &(standing, number) in arrivals {
        let (hasher, done) = (hasher.clone(), done.clone());
        visits.spawn(async move {
            let work = move || {
                done.send(number).unwrap();
                Ok(())
            };
            hasher.on_a_core(standing, work).await.unwrap();
        });
        // So that this one waits in its queue before the next one comes.
        tokio::task::yield_now().await;
    }
    drop((release, done));
    visits.join_all().await;
    order.into_iter().collect()
}

#[tokio::test]
async fn passwords_are_hashed_in_the_order_of_arrival() {
    let arrivals: Vec<_> = (0..50).map(|number| (Stranger, number)).collect();
    assert_eq!(order(&arrivals).await, (0..50).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_crowd_of_strangers_lets_whoever_is_known_go_first() {
    let mut arrivals: Vec<_> = (0..50).map(|number| (Stranger, number)).collect();
    arrivals.push((Known, 100));
    assert_eq!(order(&arrivals).await.first(), Some(&100));
}

#[tokio::test(start_paused = true)]
async fn who_waits_longer_than_5_seconds_is_asked_to_come_back() {
    let hasher = PasswordHasher::with_cores(1).unwrap();
    let _busy = block(&hasher).await;
    let came = tokio::time::Instant::now();
    for standing in [Stranger, Known] {
        let refused = hasher.hash(password("correct horse"), standing).await;
        assert!(matches!(refused, Err(Error::Busy)), "{refused:?}");
    }
    assert_eq!(came.elapsed().as_secs(), 10);
}
