//! A widget that is blocked, only looks like one, or refuses.

use reqio_lifecycle::{Command, Event, Failure, Status, WidgetProblem, WidgetState};

use super::support::{Tab, asks, fresh, identifies, ticket};

#[test]
fn a_blocked_widget_is_tried_again_and_then_identifies_as_if_nothing_had_happened() {
    let mut tab = Tab::identified();
    tab.happens(10, Event::WidgetLost(WidgetProblem::Blocked));
    assert_eq!(tab.status(), Status::Blocked(WidgetProblem::Blocked));
    let commands = tab.happens(20, Event::WidgetWanted);
    assert!(matches!(
        commands[..],
        [Command::LoadWidget(None), Command::Wake { .. }]
    ));
    assert_eq!(identifies(&tab.happens(21, Event::WidgetReady)), ["a1"]);
    assert_eq!(tab.status(), Status::Identified);
}

#[test]
fn a_widget_that_refused_a_token_is_given_it_again_without_loading_it_twice() {
    let mut tab = Tab::identified();
    tab.happens(10, Event::WidgetLost(WidgetProblem::Refused));
    assert_eq!(tab.status(), Status::Blocked(WidgetProblem::Refused));
    assert_eq!(
        tab.lifecycle.widget(),
        WidgetState::Lost(WidgetProblem::Refused)
    );
    assert_eq!(
        tab.happens(20, Event::WidgetWanted),
        [Command::Identify("a1")]
    );
}

#[test]
fn a_widget_that_refused_once_gets_the_next_token_at_the_next_renewal() {
    let mut tab = Tab::identified();
    tab.happens(10, Event::WidgetLost(WidgetProblem::Refused));
    assert_eq!(tab.timer(), Some(220));
    let mint = ticket(&tab.happens(220, Event::Timer));
    let commands = tab.happens(221, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&commands), ["a2"]);
    assert_eq!(tab.status(), Status::Identified);
}

/// Ten minutes of a tab whose widget is lost: its timers, and a wake-up every ten seconds.
fn ten_minutes(tab: &mut Tab) {
    for now in (220..=820).step_by(10) {
        if tab.timer().is_some_and(|timer| timer <= now) {
            assert!(!asks(&tab.happens(now, Event::Timer)));
        }
        assert!(!asks(&tab.happens(now, Event::Woke)), "asked at {now}");
    }
}

#[test]
fn a_stub_is_not_fed_and_is_served_once_it_becomes_a_widget() {
    for problem in [WidgetProblem::Stub, WidgetProblem::Blocked] {
        let mut tab = Tab::identified();
        tab.happens(1, Event::WidgetLost(problem));
        assert_eq!(tab.status(), Status::Blocked(problem));
        ten_minutes(&mut tab);
        let mint = ticket(&tab.happens(821, Event::WidgetReady));
        let commands = tab.happens(822, Event::Minted(mint, fresh("ada", "a2")));
        assert_eq!(identifies(&commands), ["a2"]);
        assert_eq!(tab.timer(), Some(822 + 220));
    }
}

#[test]
fn a_sign_in_under_a_stub_is_answered_once_and_not_fed_to_it() {
    let mut tab = Tab::loaded(None);
    tab.happens(1, Event::WidgetLost(WidgetProblem::Stub));
    let mint = ticket(&tab.happens(2, Event::SignedIn("ada")));
    let commands = tab.happens(3, Event::Minted(mint, fresh("ada", "a1")));
    assert_eq!(identifies(&commands), [""; 0]);
    assert_eq!(tab.lifecycle.given_until(), None);
    ten_minutes(&mut tab);
    assert!(asks(&tab.happens(900, Event::WidgetReady)));
}

#[test]
fn a_failure_under_a_stub_is_not_retried_before_there_is_a_widget() {
    let mut tab = Tab::loaded(None);
    tab.happens(1, Event::WidgetLost(WidgetProblem::Stub));
    let mint = ticket(&tab.happens(2, Event::SignedIn("ada")));
    tab.happens(3, Event::MintFailed(mint, Failure::Retry(None)));
    ten_minutes(&mut tab);
    assert!(asks(&tab.happens(900, Event::WidgetReady)));
}

#[test]
fn a_widget_wanted_again_gets_a_token_that_is_still_good() {
    let mut tab = Tab::identified();
    tab.happens(1, Event::WidgetLost(WidgetProblem::Blocked));
    ten_minutes(&mut tab);
    let commands = tab.happens(821, Event::WidgetWanted);
    assert_eq!(commands[0], Command::LoadWidget(None));
    let mint = ticket(&commands);
    tab.happens(822, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&tab.happens(823, Event::WidgetReady)), ["a2"]);
}

#[test]
fn a_lost_widget_is_not_tried_again_while_the_user_signs_out() {
    for problem in [WidgetProblem::Blocked, WidgetProblem::Refused] {
        let mut tab = Tab::identified();
        tab.happens(1, Event::WidgetLost(problem));
        tab.happens(2, Event::SignOutWanted);
        assert_eq!(tab.happens(3, Event::WidgetWanted), []);
    }
}

#[test]
fn a_widget_that_works_is_not_loaded_twice() {
    let mut tab = Tab::identified();
    assert_eq!(tab.happens(1, Event::WidgetWanted), []);
    let mut tab = Tab::new(None);
    tab.happens(0, Event::Rendered(fresh("ada", "a1")));
    assert_eq!(tab.happens(1, Event::WidgetWanted), []);
}
