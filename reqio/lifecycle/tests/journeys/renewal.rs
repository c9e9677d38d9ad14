//! One token after another, for as long as the tab is open.

use reqio_lifecycle::{Command, Event, Status};

use super::support::{Tab, fresh, identifies, lasting, seconds, ticket};

#[test]
fn the_next_token_is_asked_for_long_before_the_last_one_expires() {
    let mut tab = Tab::identified();
    assert_eq!(tab.happens(199, Event::Woke), []);
    let mint = ticket(&tab.happens(200, Event::Woke));
    assert_eq!(tab.status(), Status::Refreshing);
    let commands = tab.happens(211, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&commands), ["a2"]);
}

#[test]
fn the_wake_up_for_the_next_token_comes_early_enough_even_with_the_longest_spread() {
    let mut tab = Tab::loaded(None);
    let mint = ticket(&tab.happens(0, Event::SignedIn("ada")));
    tab.happens(0, Event::Minted(mint, fresh("ada", "a1")));
    assert_eq!(tab.timer(), Some(220));
}

#[test]
fn a_tab_that_wakes_up_late_renews_at_once() {
    let mut tab = Tab::identified();
    assert!(matches!(
        tab.happens(10_000, Event::Woke)[..],
        [Command::Mint(_), Command::Wake { .. }]
    ));
}

#[test]
fn a_tab_hidden_for_hours_then_woken_goes_on_as_before() {
    let mut tab = Tab::identified();
    let mut now = 0;
    for token in ["a2", "a3", "a4"] {
        // No timer ran meanwhile, and none of its requests is under way.
        now += 4 * 3_600;
        let mint = ticket(&tab.happens(now, Event::Woke));
        let commands = tab.happens(now + 1, Event::Minted(mint, fresh("ada", token)));
        assert_eq!(identifies(&commands), [token]);
        assert_eq!(tab.timer(), Some(now + 1 + 220));
    }
}

#[test]
fn a_tab_that_fell_asleep_while_it_asked_asks_again_when_it_wakes() {
    let mut tab = Tab::identified();
    let hung = ticket(&tab.happens(210, Event::Timer));
    // The request died with the network, unnoticed; the timer is overdue.
    tab.happens(9_000, Event::Woke);
    assert!(
        tab.happens(9_000, Event::Timer)
            .contains(&Command::Abandon(hung))
    );
    let mint = ticket(&tab.happens(9_002, Event::Timer));
    let commands = tab.happens(9_003, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&commands), ["a2"]);
}

#[test]
fn a_timer_that_runs_out_early_is_set_again() {
    let mut tab = Tab::identified();
    let commands = tab.happens(100, Event::Timer);
    assert_eq!(
        commands,
        [Command::Wake {
            after: seconds(100),
            spread: seconds(10)
        }]
    );
}

#[test]
fn a_token_of_a_shorter_life_is_renewed_the_sooner() {
    let mut tab = Tab::loaded(None);
    let mint = ticket(&tab.happens(0, Event::SignedIn("ada")));
    tab.happens(0, Event::Minted(mint, lasting(30, fresh("ada", "a1"))));
    assert_eq!(tab.timer(), Some(22));
}

#[test]
fn a_token_said_to_live_for_ever_ends_nothing() {
    let mut tab = Tab::loaded(None);
    let mint = ticket(&tab.happens(1, Event::SignedIn("ada")));
    let commands = tab.happens(
        2,
        Event::Minted(mint, lasting(u64::MAX, fresh("ada", "a1"))),
    );
    assert_eq!(identifies(&commands), ["a1"]);
    assert!(tab.lifecycle.is_timer_set());
}

#[test]
fn how_long_the_widget_may_act_as_the_user_is_known_and_never_shrinks() {
    let mut tab = Tab::identified();
    assert_eq!(tab.lifecycle.given_until(), Some(seconds(300)));
    let mint = ticket(&tab.happens(200, Event::Timer));
    tab.happens(200, Event::Minted(mint, lasting(30, fresh("ada", "a2"))));
    // The token before it cannot be taken back.
    assert_eq!(tab.lifecycle.given_until(), Some(seconds(300)));
    tab.happens(201, Event::SignOutWanted);
    assert_eq!(tab.lifecycle.given_until(), Some(seconds(300)));
}
