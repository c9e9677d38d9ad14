//! What a token says of the user has changed: another plan.

use reqio_lifecycle::{Command, Event, News, Status};

use super::support::{Tab, asks, fresh, identifies, ticket};

#[test]
fn another_plan_brings_another_token_at_once_and_outdates_the_one_on_its_way() {
    let mut tab = Tab::identified();
    let old = ticket(&tab.happens(210, Event::Timer));
    let commands = tab.happens(211, Event::TraitsChanged);
    assert_eq!(
        commands[..2],
        [Command::TellOtherTabs(News::Traits), Command::Abandon(old)]
    );
    let new = ticket(&commands);
    assert_eq!(tab.happens(212, Event::Minted(old, fresh("ada", "a2"))), []);
    let commands = tab.happens(213, Event::Minted(new, fresh("ada", "a3")));
    assert_eq!(identifies(&commands), ["a3"]);
}

#[test]
fn traits_changed_while_a_check_is_under_way_never_hands_over_the_old_traits() {
    let mut tab = Tab::identified();
    let check = ticket(&tab.happens(1, Event::SessionMayHaveChanged));
    let mint = ticket(&tab.happens(2, Event::TraitsChanged));
    let old = fresh("ada", "a2");
    assert_eq!(tab.happens(3, Event::SessionFound(check, Some(old))), []);
    let commands = tab.happens(4, Event::Minted(mint, fresh("ada", "a3")));
    assert_eq!(identifies(&commands), ["a3"]);
}

#[test]
fn traits_changed_while_a_page_still_asks_who_is_signed_in_asks_again() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    let commands = tab.happens(1, Event::TraitsChanged);
    let again = ticket(&commands);
    assert!(!commands.contains(&Command::TellOtherTabs(News::Traits)));
    let old = fresh("ada", "a1");
    assert_eq!(tab.happens(2, Event::SessionFound(check, Some(old))), []);
    let commands = tab.happens(3, Event::SessionFound(again, Some(fresh("ada", "a2"))));
    assert!(commands.contains(&Command::LoadWidget(Some("a2"))));
}

#[test]
fn traits_that_change_in_another_tab_change_here_too_and_are_not_told_again() {
    let mut tab = Tab::identified();
    let old = ticket(&tab.happens(210, Event::Timer));
    let commands = tab.happens(211, Event::Heard(News::Traits));
    assert!(matches!(
        commands[..],
        [Command::Abandon(abandoned), Command::CheckSession(_), Command::Wake { .. }]
            if abandoned == old
    ));
    let check = ticket(&commands);
    assert_eq!(tab.happens(212, Event::Minted(old, fresh("ada", "a2"))), []);
    let found = Event::SessionFound(check, Some(fresh("ada", "a3")));
    assert_eq!(identifies(&tab.happens(213, found)), ["a3"]);
}

#[test]
fn traits_of_nobody_ask_for_nothing() {
    let mut tab = Tab::loaded(None);
    assert!(!asks(&tab.happens(1, Event::TraitsChanged)));
    let mut tab = Tab::identified();
    tab.happens(1, Event::SignOutWanted);
    assert_eq!(tab.happens(2, Event::TraitsChanged), []);
    assert_eq!(tab.status(), Status::SigningOut);
}
