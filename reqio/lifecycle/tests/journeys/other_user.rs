//! Another user's token under this page: never, and without a loop of reloads.

use reqio_lifecycle::{Command, Event, News, Notice, Status, TokenProblem};

use super::support::{Tab, fresh, identifies, lasting, leaves, ticket};

#[test]
fn a_token_of_somebody_else_never_reaches_the_widget() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    assert_eq!(
        tab.happens(211, Event::Minted(mint, fresh("bob", "b1"))),
        leaves(Some(Notice::OtherUser), None)
    );
}

#[test]
fn a_page_that_shows_another_user_than_the_sessions_is_loaded_anew_once_at_most() {
    let mut tab = Tab::new(Some(Notice::OtherUser));
    let mint = ticket(&tab.happens(0, Event::SignedIn("ada")));
    tab.happens(0, Event::WidgetReady);
    let commands = tab.happens(1, Event::Minted(mint, fresh("bob", "b1")));
    assert!(
        matches!(commands[..], [Command::Wake { .. }]),
        "{commands:?}"
    );
    assert_eq!(tab.status(), Status::Retrying(TokenProblem::OtherUser));
    assert_eq!(
        (tab.lifecycle.token(), tab.lifecycle.given_until()),
        (None, None)
    );

    // Nor does asking who is signed in lead to another reload, or to another's token.
    let check = ticket(&tab.happens(2, Event::SessionMayHaveChanged));
    let commands = tab.happens(3, Event::SessionFound(check, Some(fresh("bob", "b2"))));
    assert_eq!(identifies(&commands), [""; 0]);
    assert_eq!(tab.lifecycle.user(), Some(&"ada"));

    // It comes right by itself, and then another user is news again.
    let mint = ticket(&commands);
    let commands = tab.happens(4, Event::Minted(mint, fresh("ada", "a1")));
    assert_eq!(identifies(&commands), ["a1"]);
    let mint = ticket(&tab.happens(220, Event::Timer));
    assert_eq!(
        tab.happens(221, Event::Minted(mint, fresh("bob", "b3"))),
        leaves(Some(Notice::OtherUser), None)
    );
}

#[test]
fn a_fresh_page_that_shows_the_sessions_user_may_be_loaded_anew_again() {
    let mut tab = Tab::new(Some(Notice::OtherUser));
    let check = ticket(&tab.happens(0, Event::Started));
    tab.happens(1, Event::SessionFound(check, Some(fresh("bob", "b1"))));
    let check = ticket(&tab.happens(2, Event::SessionMayHaveChanged));
    assert_eq!(
        tab.happens(3, Event::SessionFound(check, Some(fresh("ada", "a1")))),
        leaves(Some(Notice::OtherUser), None)
    );
}

#[test]
fn a_fresh_page_rendered_for_the_sessions_user_may_be_loaded_anew_again() {
    let mut tab = Tab::new(Some(Notice::OtherUser));
    let check = ticket(&tab.happens(0, Event::Rendered(fresh("bob", "b1"))));
    tab.happens(1, Event::SessionFound(check, Some(fresh("bob", "b2"))));
    let heard = Event::Heard(News::Session(Some("ada")));
    let check = ticket(&tab.happens(2, heard));
    assert_eq!(
        tab.happens(3, Event::SessionFound(check, Some(fresh("ada", "a1")))),
        leaves(Some(Notice::OtherUser), None)
    );

    // One whose token has expired asks for the next alone, which tells as much.
    let mut tab = Tab::new(Some(Notice::OtherUser));
    ticket(&tab.happens(0, Event::Rendered(lasting(0, fresh("bob", "b1")))));

    // One from a cache shows the same user for ever, and is not loaded anew.
    let mut tab = Tab::new(Some(Notice::OtherUser));
    let check = ticket(&tab.happens(0, Event::Rendered(fresh("bob", "b1"))));
    let commands = tab.happens(1, Event::SessionFound(check, Some(fresh("ada", "a1"))));
    assert!(
        matches!(commands[..], [Command::Wake { .. }]),
        "{commands:?}"
    );
}

#[test]
fn two_answers_that_never_agree_on_who_is_signed_in_do_not_reload_for_ever() {
    // Who is signed in is answered from a cache, with a token of old; tokens are not.
    let mut tab = Tab::new(Some(Notice::OtherUser));
    let check = ticket(&tab.happens(0, Event::Started));
    let cached = lasting(0, fresh("ada", "a1"));
    let mint = ticket(&tab.happens(1, Event::SessionFound(check, Some(cached))));
    let commands = tab.happens(2, Event::Minted(mint, fresh("bob", "b1")));
    assert!(
        matches!(commands[..], [Command::Wake { .. }]),
        "{commands:?}"
    );
    assert_eq!(tab.status(), Status::Retrying(TokenProblem::OtherUser));
}

#[test]
fn a_page_that_was_rendered_for_another_user_than_it_shows_is_loaded_anew_once_at_most() {
    // Rendered from a cache: with the token of ada, whoever is signed in.
    let mut tab = Tab::new(Some(Notice::OtherUser));
    tab.happens(0, Event::Rendered(fresh("ada", "a1")));
    let commands = tab.happens(1, Event::SignedIn("bob"));
    // The script may still be loading, and must not read there whose page this was.
    assert_eq!(commands[0], Command::ClearTag);
    let mint = ticket(&commands);
    tab.happens(2, Event::WidgetReady);
    let commands = tab.happens(3, Event::Minted(mint, fresh("bob", "b1")));
    assert_eq!(identifies(&commands), ["b1"]);
    assert_eq!(
        tab.happens(4, Event::SignedIn("ada")),
        leaves(Some(Notice::OtherUser), Some(News::Session(Some("ada"))))
    );
}
