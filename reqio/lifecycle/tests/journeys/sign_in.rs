//! Signing in on an open page, and pages that know who is signed in.

use reqio_lifecycle::{Command, Event, News, Notice, Status, WidgetState};

use super::support::{Tab, asks, fresh, identifies, lasting, leaves, ticket};

#[test]
fn a_sign_in_after_the_page_has_loaded_identifies_the_user() {
    let mut tab = Tab::loaded(None);
    let mint = ticket(&tab.happens(5, Event::SignedIn("ada")));
    assert_eq!(tab.status(), Status::Identifying);
    let commands = tab.happens(6, Event::Minted(mint, fresh("ada", "a1")));
    assert_eq!(identifies(&commands), ["a1"]);
    assert_eq!(tab.status(), Status::Identified);
    assert_eq!(tab.lifecycle.user(), Some(&"ada"));
}

#[test]
fn a_page_that_says_nobody_is_signed_in_asks_nothing() {
    let mut tab = Tab::new(None);
    let commands = tab.happens(0, Event::SignedOut);
    assert_eq!(commands, [Command::Sleep, Command::LoadWidget(None)]);
    assert_eq!(tab.status(), Status::Anonymous);
    tab.happens(1, Event::WidgetReady);
    assert_eq!(tab.happens(500, Event::Woke), []);
    // Said again, as a page does that keeps saying what it knows.
    assert!(!asks(&tab.happens(501, Event::SignedOut)));
    assert_eq!(tab.status(), Status::Anonymous);
}

#[test]
fn a_page_that_says_who_is_signed_in_asks_for_a_token_and_for_nothing_else() {
    let mut tab = Tab::new(None);
    let commands = tab.happens(0, Event::SignedIn("ada"));
    assert!(commands.contains(&Command::LoadWidget(None)));
    assert!(commands.contains(&Command::TellOtherTabs(News::Session(Some("ada")))));
    let mint = ticket(&commands);
    tab.happens(1, Event::WidgetReady);
    let commands = tab.happens(2, Event::Minted(mint, fresh("ada", "a1")));
    assert_eq!(identifies(&commands), ["a1"]);
}

#[test]
fn a_page_rendered_with_a_token_asks_nothing_and_identifies_nothing() {
    let mut tab = Tab::new(None);
    let commands = tab.happens(0, Event::Rendered(fresh("ada", "a1")));
    assert!(matches!(commands[..], [Command::Wake { .. }]));
    assert_eq!(tab.status(), Status::WaitingForWidget);
    assert_eq!(tab.lifecycle.widget(), WidgetState::Loading);
    assert_eq!(tab.happens(1, Event::WidgetReady), []);
    assert_eq!(tab.status(), Status::Identified);
    assert_eq!(tab.lifecycle.given_until().unwrap().as_secs(), 300);
}

#[test]
fn a_page_rendered_with_a_token_renews_it_in_time_from_what_is_left_of_its_life() {
    let mut tab = Tab::new(None);
    // The page was half a life on its way.
    tab.happens(0, Event::Rendered(lasting(150, fresh("ada", "a1"))));
    assert_eq!(tab.timer(), Some(110));
    tab.happens(1, Event::WidgetReady);
    let mint = ticket(&tab.happens(110, Event::Timer));
    let commands = tab.happens(111, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&commands), ["a2"]);
}

#[test]
fn a_page_rendered_with_a_token_that_has_expired_asks_for_another() {
    let mut tab = Tab::new(None);
    let rendered = Event::Rendered(lasting(0, fresh("ada", "a1")));
    let mint = ticket(&tab.happens(0, rendered));
    assert_eq!(identifies(&tab.happens(1, Event::WidgetReady)), [""; 0]);
    let commands = tab.happens(2, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&commands), ["a2"]);
}

#[test]
fn what_a_page_was_rendered_with_does_not_undo_what_is_known_since() {
    let mut tab = Tab::loaded(None);
    assert_eq!(
        tab.happens(1, Event::Rendered(fresh("ada", "a1"))),
        [],
        "nobody is signed in"
    );
}

#[test]
fn an_answer_from_before_the_sign_in_does_not_undo_it() {
    let mut tab = Tab::loaded(None);
    let check = ticket(&tab.happens(1, Event::SessionMayHaveChanged));
    tab.happens(2, Event::SignedIn("ada"));
    assert_eq!(tab.happens(3, Event::SessionFound(check, None)), []);
    assert_eq!(tab.status(), Status::Identifying);
}

#[test]
fn signing_in_as_somebody_else_over_a_live_session_loads_a_fresh_page() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    let mut expected = vec![Command::Abandon(mint)];
    let told = News::Session(Some("bob"));
    expected.extend(leaves(Some(Notice::OtherUser), Some(told)));
    assert_eq!(tab.happens(211, Event::SignedIn("bob")), expected);
}

#[test]
fn signing_in_as_somebody_else_over_a_user_whose_token_was_never_given_needs_no_reload() {
    let mut tab = Tab::loaded(None);
    let first = ticket(&tab.happens(1, Event::SignedIn("ada")));
    let commands = tab.happens(2, Event::SignedIn("bob"));
    assert!(commands.contains(&Command::Abandon(first)));
    let second = ticket(&commands);
    assert_eq!(tab.happens(3, Event::Minted(first, fresh("ada", "a1"))), []);
    let commands = tab.happens(4, Event::Minted(second, fresh("bob", "b1")));
    assert_eq!(identifies(&commands), ["b1"]);
}

#[test]
fn signing_in_again_gives_up_the_token_of_the_session_before() {
    let mut tab = Tab::identified();
    let commands = tab.happens(1, Event::SignedIn("ada"));
    assert_eq!((tab.lifecycle.token(), asks(&commands)), (None, true));
    assert_eq!(tab.status(), Status::Identifying);
}
