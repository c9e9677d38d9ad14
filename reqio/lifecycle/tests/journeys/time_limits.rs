//! Events that keep coming, and settings out of the ordinary: neither puts off what is due.

use reqio_lifecycle::{Command, Event, Lifecycle, Timings};

use super::support::{Tab, fresh, seconds, ticket};

#[test]
fn a_session_doubted_again_and_again_does_not_keep_the_next_token_away() {
    let mut tab = Tab::identified();
    let mut minted = false;
    for now in (150..300).step_by(5) {
        while !minted && tab.timer().is_some_and(|timer| timer <= now) {
            let ran_out = tab.timer().unwrap();
            let commands = tab.happens(ran_out, Event::Timer);
            minted |= commands
                .iter()
                .any(|to_do| matches!(to_do, Command::Mint(_)));
        }
        // The server answers none of them.
        tab.happens(now, Event::SessionMayHaveChanged);
    }
    assert!(
        minted,
        "the token expired while the tab asked who is signed in"
    );
}

#[test]
fn a_session_doubted_again_and_again_does_not_keep_a_request_that_hangs() {
    let mut tab = Tab::loaded(Some(fresh("ada", "a7")));
    let hung = ticket(&tab.happens(210, Event::Timer));
    let mut given_up = false;
    for now in (220..400).step_by(10) {
        while !given_up && tab.timer().is_some_and(|timer| timer <= now) {
            let ran_out = tab.timer().unwrap();
            given_up |= tab
                .happens(ran_out, Event::Timer)
                .contains(&Command::Abandon(hung));
        }
        if given_up {
            return assert!(now <= 240, "given up only at {now}");
        }
        // Each is answered from a cache.
        let check = ticket(&tab.happens(now, Event::SessionMayHaveChanged));
        tab.happens(now, Event::SessionFound(check, Some(fresh("ada", "a7"))));
    }
    panic!("never given up");
}

#[test]
fn no_share_to_spare_makes_a_loop_or_lets_the_token_expire() {
    for spare in 0..=100 {
        let mut timings = Timings::default();
        timings.spare = spare;
        let mut lifecycle = Lifecycle::new(timings, None);
        let mint = ticket(&lifecycle.handle(Event::SignedIn("ada"), seconds(0)));
        let commands = lifecycle.handle(Event::Minted(mint, fresh("ada", "a1")), seconds(0));
        let [Command::Wake { after, spread }] = commands[..] else {
            panic!("{spare}: {commands:?}");
        };
        assert!(after >= seconds(100), "{spare}: a token every {after:?}");
        assert!(
            after + spread < seconds(300),
            "{spare}: up to {spread:?} late"
        );
    }
}
