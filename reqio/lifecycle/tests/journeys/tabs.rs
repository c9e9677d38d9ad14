//! What other tabs did: followed, without every tab asking.

use reqio_lifecycle::{Command, Event, Failure, News, Notice, Status};

use super::support::{Tab, asks, fresh, identifies, ticket};

#[test]
fn a_tab_that_hears_of_a_change_it_knows_asks_nobody() {
    let mut tab = Tab::identified();
    let timer = tab.timer();
    let news = News::Session(Some("ada"));
    assert_eq!(tab.happens(1, Event::Heard(news)), []);
    assert_eq!(tab.timer(), timer);

    let mut tab = Tab::loaded(None);
    assert_eq!(tab.happens(1, Event::Heard(News::Session(None))), []);
    assert_eq!(tab.status(), Status::Anonymous);
}

#[test]
fn a_tab_that_hears_of_another_user_than_its_own_asks() {
    for news in [News::Session(Some("bob")), News::Session(None)] {
        assert!(asks(&Tab::identified().happens(1, Event::Heard(news))));
    }
}

#[test]
fn a_tab_that_hears_of_a_sign_in_it_does_not_know_asks_and_reschedules_its_timer() {
    let mut tab = Tab::loaded(None);
    assert_eq!(tab.timer(), None);
    let news = News::Session(Some("ada"));
    let check = ticket(&tab.happens(1_000, Event::Heard(news)));
    assert_eq!(tab.timer(), Some(1_015));
    let found = Event::SessionFound(check, Some(fresh("ada", "a1")));
    assert_eq!(identifies(&tab.happens(1_001, found)), ["a1"]);
    assert_eq!(tab.timer(), Some(1_221));
}

#[test]
fn a_page_that_says_itself_that_nobody_is_signed_in_is_loaded_anew_for_who_is() {
    let news = News::Session(Some("ada"));
    let mut tab = Tab::new(None);
    tab.happens(0, Event::SignedOut);
    let check = ticket(&tab.happens(1, Event::Heard(news.clone())));
    let found = Event::SessionFound(check, Some(fresh("ada", "a1")));
    let commands = tab.happens(2, found);
    assert_eq!(identifies(&commands), [""; 0]);
    assert!(commands.contains(&Command::Reload(Some(Notice::OtherUser))));

    // Once, however the page goes on to say so.
    let mut tab = Tab::new(Some(Notice::OtherUser));
    tab.happens(0, Event::SignedOut);
    let check = ticket(&tab.happens(1, Event::Heard(news)));
    let found = Event::SessionFound(check, Some(fresh("ada", "a1")));
    assert_eq!(tab.happens(2, found), [Command::Sleep]);
    assert_eq!(tab.status(), Status::Anonymous);
}

#[test]
fn a_tab_that_hears_of_a_change_that_was_none_takes_the_token_and_reschedules_its_timer() {
    let mut tab = Tab::identified();
    assert_eq!(tab.timer(), Some(220));
    let check = ticket(&tab.happens(150, Event::Heard(News::Session(None))));
    assert_eq!(tab.timer(), Some(165));
    let found = Event::SessionFound(check, Some(fresh("ada", "a2")));
    assert_eq!(identifies(&tab.happens(151, found)), ["a2"]);
    assert_eq!(tab.timer(), Some(371));
}

#[test]
fn twenty_tabs_of_one_user_ask_nothing_when_one_of_them_signs_in_again() {
    let mut tabs: Vec<_> = (0..20).map(|_| Tab::identified()).collect();
    let told = tabs[0].happens(1, Event::SignedIn("ada"));
    let told = told.into_iter().find_map(|command| match command {
        Command::TellOtherTabs(news) => Some(news),
        _ => None,
    });
    let news = told.unwrap();
    for tab in &mut tabs[1..] {
        assert!(!asks(&tab.happens(1, Event::Heard(news.clone()))));
    }
}

#[test]
fn what_another_tab_did_is_looked_up_and_followed() {
    let signed_out = Command::Reload(Some(Notice::SignedOutElsewhere));
    let somebody_else = Command::Reload(Some(Notice::OtherUser));
    for (found, expected) in [
        (None, signed_out),
        (Some(fresh("bob", "b1")), somebody_else),
        (Some(fresh("ada", "a2")), Command::Identify("a2")),
    ] {
        let mut tab = Tab::identified();
        let check = ticket(&tab.happens(1, Event::SessionMayHaveChanged));
        let commands = tab.happens(1, Event::SessionFound(check, found));
        assert!(commands.contains(&expected), "{commands:?}");
        assert!(
            !commands
                .iter()
                .any(|to_do| matches!(to_do, Command::TellOtherTabs(_)))
        );
    }
    let mut tab = Tab::loaded(None);
    let check = ticket(&tab.happens(1, Event::SessionMayHaveChanged));
    let found = Event::SessionFound(check, Some(fresh("ada", "a1")));
    assert_eq!(identifies(&tab.happens(1, found)), ["a1"]);
}

#[test]
fn a_token_that_a_check_brings_replaces_no_fresher_one() {
    let mut tab = Tab::loaded(Some(fresh("ada", "a7")));
    let timer = tab.timer();
    let check = ticket(&tab.happens(0, Event::SessionMayHaveChanged));
    let found = Event::SessionFound(check, Some(fresh("ada", "a6")));
    assert_eq!(identifies(&tab.happens(0, found)), [""; 0]);
    assert_eq!(tab.lifecycle.token().unwrap().0, &"a7");
    assert_eq!(tab.timer(), timer);
}

#[test]
fn a_tab_that_a_mint_is_under_way_in_asks_only_once_when_the_check_is_answered() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    let check = ticket(&tab.happens(211, Event::SessionMayHaveChanged));
    let found = Event::SessionFound(check, Some(fresh("ada", "a2")));
    let commands = tab.happens(212, found);
    assert!(commands.contains(&Command::Abandon(mint)));
    assert!(!asks(&commands));
}

#[test]
fn a_tab_that_cannot_ask_hears_nothing_it_would_have_to_forget() {
    let mut tab = Tab::loaded(None);
    let news = News::Session(Some("ada"));
    let check = ticket(&tab.happens(1, Event::Heard(news)));
    tab.happens(2, Event::SessionUnknown(check, Failure::Retry(None)));
    assert_eq!(tab.status(), Status::Anonymous);
    let check = ticket(&tab.happens(4, Event::Timer));
    let found = Event::SessionFound(check, Some(fresh("ada", "a1")));
    assert_eq!(identifies(&tab.happens(5, found)), ["a1"]);
}
