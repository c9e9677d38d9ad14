//! A widget that comes early, late, or is in the page already.

use reqio_lifecycle::{Command, Event, Status, WidgetState};

use super::support::{Tab, fresh, identifies, lasting, ticket};

#[test]
fn a_page_load_with_a_session_puts_the_token_on_the_tag_and_does_not_identify_again() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    let session = Some(fresh("ada", "a1"));
    let commands = tab.happens(0, Event::SessionFound(check, session));
    assert!(commands.contains(&Command::LoadWidget(Some("a1"))));
    assert_eq!(tab.status(), Status::WaitingForWidget);
    assert_eq!(identifies(&tab.happens(1, Event::WidgetReady)), [""; 0]);
    assert_eq!(tab.status(), Status::Identified);
}

#[test]
fn a_widget_that_comes_late_gets_the_token_that_waited() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    tab.happens(0, Event::SessionFound(check, None));
    let mint = ticket(&tab.happens(1, Event::SignedIn("ada")));
    let commands = tab.happens(2, Event::Minted(mint, fresh("ada", "a1")));
    assert_eq!(identifies(&commands), [""; 0]);
    assert_eq!(tab.status(), Status::WaitingForWidget);
    assert_eq!(identifies(&tab.happens(5, Event::WidgetReady)), ["a1"]);
    assert_eq!(identifies(&tab.happens(6, Event::WidgetReady)), [""; 0]);
}

#[test]
fn a_widget_that_comes_after_the_token_expired_is_not_given_it() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    tab.happens(0, Event::SessionFound(check, None));
    let mint = ticket(&tab.happens(0, Event::SignedIn("ada")));
    tab.happens(0, Event::Minted(mint, fresh("ada", "a1")));
    let mint = ticket(&tab.happens(210, Event::Timer));
    assert_eq!(identifies(&tab.happens(300, Event::WidgetReady)), [""; 0]);
    assert_eq!(tab.status(), Status::Identifying);
    let commands = tab.happens(301, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&commands), ["a2"]);
}

#[test]
fn a_widget_that_comes_after_a_long_sleep_is_not_said_to_know_the_user() {
    let mut tab = Tab::new(None);
    let mint = ticket(&tab.happens(0, Event::SignedIn("ada")));
    tab.happens(0, Event::Minted(mint, fresh("ada", "a1")));
    // The timer is overdue.
    tab.happens(9_000, Event::WidgetReady);
    assert_eq!(tab.status(), Status::Identifying);
    ticket(&tab.happens(9_000, Event::Timer));
}

#[test]
fn a_tag_that_somebody_else_puts_into_the_page_is_not_taken_for_one_with_the_token_on_it() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    let session = Some(fresh("ada", "a1"));
    let commands = tab.happens(0, Event::SessionFound(check, session));
    assert!(commands.contains(&Command::LoadWidget(Some("a1"))));
    tab.happens(5, Event::TagFound);
    assert_eq!(identifies(&tab.happens(6, Event::WidgetReady)), ["a1"]);
    assert_eq!(tab.status(), Status::Identified);
}

#[test]
fn a_tag_that_is_in_the_page_already_is_not_put_there_twice() {
    let mut tab = Tab::new(None);
    tab.happens(0, Event::TagFound);
    assert_eq!(tab.lifecycle.widget(), WidgetState::Loading);
    let check = ticket(&tab.happens(0, Event::Started));
    let session = Some(fresh("ada", "a1"));
    let commands = tab.happens(1, Event::SessionFound(check, session));
    assert!(matches!(commands[..], [Command::Wake { .. }]));
    // The tag was there without a token, so the widget has to be told.
    assert_eq!(tab.lifecycle.given_until(), None);
    assert_eq!(identifies(&tab.happens(2, Event::WidgetReady)), ["a1"]);

    for event in [Event::SignedOut, Event::SignedIn("ada")] {
        let mut tab = Tab::new(None);
        tab.happens(0, Event::TagFound);
        let commands = tab.happens(0, event);
        assert!(!commands.contains(&Command::LoadWidget(None)));
    }
}

#[test]
fn a_tag_found_late_does_not_undo_a_widget_that_is_ready() {
    let mut tab = Tab::identified();
    tab.happens(1, Event::TagFound);
    assert_eq!(tab.lifecycle.widget(), WidgetState::Ready);
}

#[test]
fn a_token_that_had_expired_when_the_page_loaded_is_not_put_on_the_tag() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    let expired = lasting(3, fresh("ada", "a1"));
    let commands = tab.happens(0, Event::SessionFound(check, Some(expired)));
    assert!(commands.contains(&Command::LoadWidget(None)));
    ticket(&commands);
    assert_eq!(tab.lifecycle.given_until(), None);
}
