//! Signing out: nothing is handed over any more, and the server is asked until it answers.

use reqio_lifecycle::{Command, Event, Failure, News, Status};

use super::support::{Tab, fresh, identifies, leaves, seconds, ticket};

#[test]
fn a_mint_that_ends_after_sign_out_is_dropped() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    let commands = tab.happens(211, Event::SignOutWanted);
    assert!(commands.contains(&Command::Abandon(mint)));
    assert_eq!(
        tab.happens(212, Event::Minted(mint, fresh("ada", "a2"))),
        []
    );
    assert_eq!(
        tab.happens(213, Event::SessionEnded),
        leaves(None, Some(News::Session(None)))
    );
    assert_eq!(
        tab.happens(214, Event::Minted(mint, fresh("ada", "a2"))),
        []
    );
}

#[test]
fn a_sign_out_wanted_before_it_is_known_who_is_signed_in_ends_their_session() {
    let mut tab = Tab::new(None);
    let first = ticket(&tab.happens(0, Event::Started));
    assert_eq!(tab.happens(1, Event::SignOutWanted), []);
    assert_eq!(tab.status(), Status::SigningOut);
    tab.happens(2, Event::SessionUnknown(first, Failure::Retry(None)));
    assert_eq!(tab.status(), Status::SignOutUnfinished);
    let second = ticket(&tab.happens(4, Event::Timer));
    let commands = tab.happens(5, Event::SessionFound(second, Some(fresh("ada", "a1"))));
    let end = ticket(&commands);
    assert_eq!(commands[0], Command::EndSession(end, "ada"));
    assert_eq!(identifies(&tab.happens(6, Event::WidgetReady)), [""; 0]);
    assert_eq!(
        tab.happens(7, Event::SessionEnded),
        leaves(None, Some(News::Session(None)))
    );
}

#[test]
fn a_sign_out_wanted_where_nobody_turns_out_to_be_signed_in_is_forgotten() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    tab.happens(1, Event::SignOutWanted);
    tab.happens(2, Event::SessionFound(check, None));
    assert_eq!(tab.status(), Status::Anonymous);
    // Nothing is being asked now, so there is no session to end.
    assert_eq!(tab.happens(3, Event::SignOutWanted), []);
    assert_eq!(tab.status(), Status::Anonymous);
    let mint = ticket(&tab.happens(4, Event::SignedIn("ada")));
    tab.happens(5, Event::Minted(mint, fresh("ada", "a1")));
    assert_eq!(identifies(&tab.happens(6, Event::WidgetReady)), ["a1"]);

    // Nor does it end the session of somebody who signs in after it.
    let mut tab = Tab::new(None);
    tab.happens(0, Event::Started);
    tab.happens(1, Event::SignOutWanted);
    tab.happens(2, Event::SignedIn("ada"));
    assert_eq!(tab.status(), Status::Identifying);
}

#[test]
fn a_sign_out_that_does_not_reach_the_server_says_so_and_goes_on_trying() {
    let mut tab = Tab::identified();
    let first = ticket(&tab.happens(1, Event::SignOutWanted));
    assert_eq!(tab.status(), Status::SigningOut);
    tab.happens(2, Event::SessionEndFailed(first, Failure::Retry(None)));
    assert_eq!(tab.status(), Status::SignOutUnfinished);
    assert!(tab.lifecycle.is_timer_set());
    assert!(matches!(
        tab.happens(3, Event::Woke)[..],
        [Command::EndSession(..), Command::Wake { .. }]
    ));
    assert_eq!(tab.status(), Status::SignOutUnfinished);
    // What the page and the widget may still be: this, and no longer.
    assert_eq!(tab.lifecycle.given_until(), Some(seconds(300)));
    tab.happens(4, Event::SessionEnded);
    assert_eq!(tab.status(), Status::Leaving);
}

#[test]
fn a_sign_out_retried_after_somebody_else_signed_in_names_the_first_user() {
    let mut tab = Tab::identified();
    let mut end = ticket(&tab.happens(1, Event::SignOutWanted));
    for now in 2..9 {
        tab.happens(now, Event::SessionEndFailed(end, Failure::Retry(None)));
        // Another tab: the session is bob's now. That changes nothing about whose is to end.
        let heard = Event::Heard(News::Session(Some("bob")));
        assert_eq!(tab.happens(now, heard), []);
        assert_eq!(tab.happens(now, Event::SessionMayHaveChanged), []);
        let commands = tab.happens(now, Event::Woke);
        end = ticket(&commands);
        assert!(commands.contains(&Command::EndSession(end, "ada")));
    }
}

#[test]
fn an_answer_to_the_sign_out_that_was_lost_does_not_keep_it_unfinished() {
    let mut tab = Tab::identified();
    tab.happens(1, Event::SignOutWanted);
    tab.happens(16, Event::Timer);
    let again = ticket(&tab.happens(18, Event::Timer));
    // The first attempt has reached the server, so the second finds nobody signed in.
    assert_eq!(
        tab.happens(19, Event::SessionEndFailed(again, Failure::Unauthorized)),
        leaves(None, Some(News::Session(None)))
    );
}

#[test]
fn a_script_still_loading_when_the_user_signs_out_gets_its_tag_cleared() {
    let mut tab = Tab::new(None);
    let check = ticket(&tab.happens(0, Event::Started));
    let session = Some(fresh("ada", "a1"));
    let commands = tab.happens(0, Event::SessionFound(check, session));
    assert!(commands.contains(&Command::LoadWidget(Some("a1"))));
    let commands = tab.happens(1, Event::SignOutWanted);
    assert!(commands.contains(&Command::ClearTag));
    assert_eq!(identifies(&tab.happens(2, Event::WidgetReady)), [""; 0]);

    let mut tab = Tab::new(None);
    tab.happens(0, Event::Rendered(fresh("ada", "a1")));
    let commands = tab.happens(1, Event::SignedOut);
    assert_eq!(commands[0], Command::ClearTag);
}

#[test]
fn a_sign_out_is_not_put_off_by_what_was_asked_before_it() {
    let mut tab = Tab::identified();
    let check = ticket(&tab.happens(1, Event::SessionMayHaveChanged));
    let first = ticket(&tab.happens(2, Event::SignOutWanted));
    let unknown = Event::SessionUnknown(check, Failure::Retry(None));
    assert_eq!(tab.happens(3, unknown), []);
    // The first attempt hangs and is given up; its failure comes while the second is under way.
    tab.happens(17, Event::Timer);
    tab.happens(19, Event::Timer);
    let failed = Event::SessionEndFailed(first, Failure::Retry(None));
    assert_eq!(tab.happens(20, failed), []);
}

#[test]
fn a_sign_in_while_a_sign_out_is_unfinished_loads_a_fresh_page() {
    let mut tab = Tab::identified();
    tab.happens(1, Event::SignOutWanted);
    assert_eq!(
        tab.happens(2, Event::SignedIn("ada")),
        leaves(None, Some(News::Session(Some("ada"))))
    );
}

#[test]
fn a_page_that_ended_the_session_itself_asks_nobody_to_end_it() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    let commands = tab.happens(211, Event::SignedOut);
    let mut expected = vec![Command::Abandon(mint), Command::ClearTag];
    expected.extend(leaves(None, Some(News::Session(None))));
    assert_eq!(commands, expected);
    assert_eq!(
        tab.happens(212, Event::Minted(mint, fresh("ada", "a2"))),
        []
    );
}

#[test]
fn a_page_that_says_nobody_is_signed_in_while_the_session_is_being_ended_ends_the_waiting() {
    let mut tab = Tab::identified();
    tab.happens(1, Event::SignOutWanted);
    assert_eq!(
        tab.happens(2, Event::SignedOut),
        leaves(None, Some(News::Session(None)))
    );
}
