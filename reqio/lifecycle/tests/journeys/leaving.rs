//! Pages that are being left, and pages back from the back/forward cache.

use reqio_lifecycle::{Command, Event, Failure, News, Notice, Status};

use super::support::{Tab, fresh, identifies, leaves, ticket};

#[test]
fn a_page_whose_widget_knows_a_user_is_loaded_anew_when_it_comes_back() {
    let mut tab = Tab::identified();
    assert_eq!(
        tab.happens(60, Event::Restored),
        leaves(Some(Notice::SignedOutElsewhere), None)
    );

    // Also while its user signs out: the fresh page says who is signed in.
    let mut tab = Tab::identified();
    tab.happens(1, Event::SignOutWanted);
    assert_eq!(
        tab.happens(60, Event::Restored),
        leaves(Some(Notice::SignedOutElsewhere), None)
    );
}

#[test]
fn a_page_whose_widget_knows_nobody_asks_who_is_signed_in_when_it_comes_back() {
    let mut tab = Tab::loaded(None);
    let check = ticket(&tab.happens(60, Event::Restored));
    let found = Event::SessionFound(check, Some(fresh("ada", "a1")));
    assert_eq!(identifies(&tab.happens(61, found)), ["a1"]);
}

#[test]
fn a_page_that_was_being_left_when_it_was_put_away_is_loaded_anew_when_it_comes_back() {
    let mut tab = Tab::loaded(None);
    let mint = ticket(&tab.happens(1, Event::SignedIn("ada")));
    tab.happens(2, Event::MintFailed(mint, Failure::Unauthorized));
    assert_eq!(
        (tab.status(), tab.lifecycle.given_until()),
        (Status::Leaving, None)
    );
    let commands = tab.happens(60, Event::Restored);
    assert_eq!(
        commands.last(),
        Some(&Command::Reload(Some(Notice::SignedOutElsewhere)))
    );
}

#[test]
fn nothing_happens_on_a_page_that_is_being_left() {
    let mut tab = Tab::identified();
    tab.happens(1, Event::SignedOut);
    for event in [
        Event::Started,
        Event::SignedIn("bob"),
        Event::SignedOut,
        Event::SignOutWanted,
        Event::TraitsChanged,
        Event::WidgetReady,
        Event::WidgetWanted,
        Event::Woke,
        Event::Heard(News::Session(Some("bob"))),
    ] {
        assert_eq!(tab.happens(2, event), []);
    }
    assert_eq!(tab.status(), Status::Leaving);
}
