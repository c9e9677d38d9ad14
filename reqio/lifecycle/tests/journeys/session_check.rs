//! Asking who is signed in, of a server that does not say.

use reqio_lifecycle::{Command, Event, Failure, Status, WidgetProblem};

use super::support::{Tab, asks, fresh, seconds, ticket};

#[test]
fn a_page_that_cannot_ask_who_is_signed_in_goes_on_asking() {
    let mut tab = Tab::new(None);
    let first = ticket(&tab.happens(0, Event::Started));
    tab.happens(1, Event::SessionUnknown(first, Failure::Retry(None)));
    let second = ticket(&tab.happens(3, Event::Timer));
    // The second one hangs.
    tab.happens(18, Event::Timer);
    assert_eq!(tab.happens(19, Event::SessionFound(second, None)), []);
    let third = ticket(&tab.happens(20, Event::Woke));
    tab.happens(21, Event::SessionFound(third, None));
    assert_eq!(tab.status(), Status::Anonymous);
}

#[test]
fn a_page_that_is_told_that_nobody_is_signed_in_does_not_go_on_asking() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    let commands = tab.happens(1, Event::SessionUnknown(check, Failure::Unauthorized));
    assert!(commands.contains(&Command::LoadWidget(None)));
    assert_eq!(tab.status(), Status::Anonymous);
}

#[test]
fn a_signed_in_tab_that_cannot_ask_who_is_signed_in_finds_out_by_the_next_token() {
    let mut tab = Tab::identified();
    let check = ticket(&tab.happens(1, Event::SessionMayHaveChanged));
    let commands = tab.happens(2, Event::SessionUnknown(check, Failure::Retry(None)));
    assert!(
        matches!(commands[..], [Command::Mint(_), Command::Wake { .. }]),
        "{commands:?}"
    );
}

#[test]
fn a_session_check_in_a_signed_in_tab_has_a_time_limit() {
    let mut tab = Tab::identified();
    let check = ticket(&tab.happens(1, Event::SessionMayHaveChanged));
    assert_eq!(tab.timer(), Some(16));
    assert!(matches!(
        tab.happens(16, Event::Timer)[..],
        [Command::Mint(_), Command::Wake { .. }]
    ));
    assert_eq!(tab.happens(17, Event::SessionFound(check, None)), []);
}

#[test]
fn a_token_that_arrives_meanwhile_does_not_put_off_the_end_of_a_check() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    tab.happens(211, Event::SessionMayHaveChanged);
    tab.happens(212, Event::Minted(mint, fresh("ada", "a2")));
    assert!(tab.timer() <= Some(226));
    assert!(asks(&tab.happens(226, Event::Timer)));
}

#[test]
fn a_request_for_a_token_that_fails_meanwhile_does_not_put_off_the_end_of_a_check() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    tab.happens(211, Event::SessionMayHaveChanged);
    let failure = Failure::Retry(Some(seconds(200)));
    tab.happens(212, Event::MintFailed(mint, failure));
    assert!(tab.timer() <= Some(226));
}

#[test]
fn a_widget_that_is_lost_meanwhile_does_not_end_a_check() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    let check = ticket(&tab.happens(211, Event::SessionMayHaveChanged));
    tab.happens(212, Event::WidgetLost(WidgetProblem::Blocked));
    tab.happens(213, Event::MintFailed(mint, Failure::Retry(None)));
    assert!(tab.lifecycle.is_timer_set());
    tab.happens(214, Event::SessionFound(check, Some(fresh("ada", "a2"))));
    assert!(!tab.lifecycle.is_timer_set());
}
