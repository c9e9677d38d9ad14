//! Answers that are no answer: late, expired, old, or none at all.

use reqio_lifecycle::{Command, Event, Failure, Status, TokenProblem};

use super::support::{Tab, Tokens, fresh, identifies, lasting, seconds, ticket};

#[test]
fn a_request_that_never_answers_is_given_up_and_retried() {
    let mut tab = Tab::loaded(None);
    let mint = ticket(&tab.happens(0, Event::SignedIn("ada")));
    let commands = tab.happens(15, Event::Timer);
    assert_eq!(commands[0], Command::Abandon(mint));
    assert!(matches!(commands[1..], [Command::Wake { .. }]));
    assert!(matches!(
        tab.happens(17, Event::Timer)[..],
        [Command::Mint(_), Command::Wake { .. }]
    ));
    assert_eq!(tab.happens(18, Event::Minted(mint, fresh("ada", "a1"))), []);
}

#[test]
fn a_provider_that_never_answers_does_not_end_the_renewing() {
    let mut tab = Tab::identified();
    tab.happens(220, Event::Timer);
    let mut asked = 1;
    while asked < 50 {
        let now = tab.timer().unwrap();
        let commands = tab.happens(now, Event::Timer);
        match tab.status() {
            Status::Retrying(problem) => assert_eq!(problem, TokenProblem::NoAnswer),
            status => assert_eq!(status, Status::Refreshing),
        }
        let limit = if commands
            .iter()
            .any(|to_do| matches!(to_do, Command::Mint(_)))
        {
            asked += 1;
            15
        } else {
            45
        };
        assert!(tab.timer().unwrap() - now <= limit);
    }
    let now = tab.timer().unwrap();
    tab.happens(now, Event::Timer);
    let mint = ticket(&tab.happens(now + 1, Event::Woke));
    let commands = tab.happens(now + 2, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&commands), ["a2"]);
}

/// Has the provider answer each request with this, and says after how many seconds each is made.
fn waits(tab: &mut Tab, answer: &Tokens, problem: TokenProblem) -> Vec<u64> {
    let mut waits = Vec::new();
    let mut mint = ticket(&tab.happens(220, Event::Timer));
    let mut now = 220;
    for _ in 0..8 {
        let commands = tab.happens(now, Event::Minted(mint, answer.clone()));
        assert_eq!(identifies(&commands), [""; 0]);
        let [Command::Wake { after, .. }] = commands[..] else {
            panic!("{commands:?}");
        };
        assert_eq!(tab.status(), Status::Retrying(problem));
        waits.push(after.as_secs());
        now += after.as_secs();
        mint = ticket(&tab.happens(now, Event::Timer));
    }
    waits
}

#[test]
fn a_token_already_expired_on_arrival_does_not_loop() {
    for left in [0, 1, 9] {
        let mut tab = Tab::identified();
        let expired = lasting(left, fresh("ada", "a2"));
        let waits = waits(&mut tab, &expired, TokenProblem::Expired);
        assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
    }
}

#[test]
fn the_very_same_token_does_not_replace_the_one_held_and_does_not_loop() {
    let mut tab = Tab::identified();
    let same = fresh("ada", "a1");
    let waits = waits(&mut tab, &same, TokenProblem::NotNewer);
    assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30, 30]);
    assert_eq!(tab.lifecycle.token(), Some((&"a1", seconds(300))));
}

#[test]
fn an_older_token_does_not_replace_the_one_held_and_does_not_loop() {
    let mut tab = Tab::loaded(Some(fresh("ada", "a7")));
    // What is held has not expired yet in any of the first answers.
    let mut mint = ticket(&tab.happens(200, Event::Timer));
    let mut now = 200;
    for wait in [1, 2, 4, 8, 16, 30] {
        let commands = tab.happens(now, Event::Minted(mint, fresh("ada", "a6")));
        assert!(matches!(commands[..], [Command::Wake { after, .. }] if after == seconds(wait)));
        assert_eq!(tab.status(), Status::Retrying(TokenProblem::NotNewer));
        assert_eq!(tab.lifecycle.token(), Some((&"a7", seconds(300))));
        now += wait;
        mint = ticket(&tab.happens(now, Event::Timer));
    }
}

#[test]
fn an_answer_counts_once() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    tab.happens(211, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(
        tab.happens(212, Event::Minted(mint, fresh("ada", "a3"))),
        []
    );
    let failed = Event::MintFailed(mint, Failure::Unauthorized);
    assert_eq!(tab.happens(213, failed), []);
}

#[test]
fn an_answer_to_what_was_given_up_ends_nothing() {
    let mut tab = Tab::identified();
    let given_up = ticket(&tab.happens(210, Event::Timer));
    tab.happens(211, Event::TraitsChanged);
    for failure in [Failure::Retry(None), Failure::Unauthorized] {
        assert_eq!(tab.happens(212, Event::MintFailed(given_up, failure)), []);
    }
    assert_eq!(tab.status(), Status::Refreshing);
}
