//! What happens to tabs, told event by event.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::Duration;

use lifecycle::{Command, Event, Failure, Fresh, Lifecycle, Notice, State, Ticket, Widget};

type Tab = Lifecycle<&'static str, &'static str>;

const LIFETIME: Duration = Duration::from_secs(300);

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn fresh(user: &'static str, token: &'static str) -> Fresh<&'static str, &'static str> {
    Fresh {
        user,
        token,
        lifetime: LIFETIME,
    }
}

fn ticket(commands: &[Command<&'static str>]) -> Ticket {
    commands
        .iter()
        .find_map(|command| match command {
            Command::CheckSession(ticket) | Command::Mint(ticket) | Command::EndSession(ticket) => {
                Some(*ticket)
            }
            _ => None,
        })
        .unwrap()
}

/// A page that has loaded, with the widget ready.
fn loaded(session: Option<Fresh<&'static str, &'static str>>) -> Tab {
    let mut tab = Tab::new(false);
    let check = ticket(&tab.handle(Event::Started, at(0)));
    tab.handle(Event::SessionFound(check, session), at(0));
    tab.handle(Event::WidgetReady, at(0));
    tab
}

fn identified() -> Tab {
    loaded(Some(fresh("ada", "a1")))
}

fn identifies(commands: &[Command<&'static str>]) -> Vec<&'static str> {
    commands
        .iter()
        .filter_map(|command| {
            if let Command::Identify(token) = command {
                Some(*token)
            } else {
                None
            }
        })
        .collect()
}

#[test]
fn a_sign_in_after_the_page_has_loaded_identifies_the_user() {
    let mut tab = loaded(None);
    let mint = ticket(&tab.handle(Event::SignedIn("ada"), at(5)));
    assert_eq!(tab.state(), State::Identifying);
    let commands = tab.handle(Event::Minted(mint, fresh("ada", "a1")), at(6));
    assert_eq!(identifies(&commands), ["a1"]);
    assert_eq!(tab.state(), State::Identified);
}

#[test]
fn a_page_load_with_a_session_puts_the_token_on_the_tag_and_does_not_identify_again() {
    let mut tab = Tab::new(false);
    let check = ticket(&tab.handle(Event::Started, at(0)));
    let commands = tab.handle(Event::SessionFound(check, Some(fresh("ada", "a1"))), at(0));
    assert!(commands.contains(&Command::LoadWidget(Some("a1"))));
    assert_eq!(tab.state(), State::WaitingForWidget);
    assert_eq!(identifies(&tab.handle(Event::WidgetReady, at(1))), [""; 0]);
    assert_eq!(tab.state(), State::Identified);
}

#[test]
fn a_widget_that_comes_late_gets_the_token_that_waited() {
    let mut tab = Tab::new(false);
    let check = ticket(&tab.handle(Event::Started, at(0)));
    tab.handle(Event::SessionFound(check, None), at(0));
    let mint = ticket(&tab.handle(Event::SignedIn("ada"), at(1)));
    assert_eq!(
        identifies(&tab.handle(Event::Minted(mint, fresh("ada", "a1")), at(2))),
        [""; 0]
    );
    assert_eq!(tab.state(), State::WaitingForWidget);
    assert_eq!(identifies(&tab.handle(Event::WidgetReady, at(5))), ["a1"]);
}

#[test]
fn the_next_token_is_asked_for_long_before_the_last_one_expires() {
    let mut tab = identified();
    let commands = tab.handle(Event::Woke, at(199));
    assert!(commands.is_empty(), "{commands:?}");
    let mint = ticket(&tab.handle(Event::Timer, at(210)));
    assert_eq!(tab.state(), State::Refreshing);
    assert_eq!(
        identifies(&tab.handle(Event::Minted(mint, fresh("ada", "a2")), at(211))),
        ["a2"]
    );
}

#[test]
fn a_tab_that_wakes_up_late_renews_at_once() {
    let mut tab = identified();
    assert!(matches!(
        tab.handle(Event::Woke, at(10_000))[..],
        [Command::Mint(_), Command::Wake { .. }]
    ));
}

#[test]
fn the_wake_up_for_the_next_token_comes_early_enough_even_with_the_longest_spread() {
    let mut tab = loaded(None);
    let mint = ticket(&tab.handle(Event::SignedIn("ada"), at(0)));
    let commands = tab.handle(Event::Minted(mint, fresh("ada", "a1")), at(0));
    let wake = commands.iter().find_map(|c| {
        if let Command::Wake { after, spread } = c {
            Some(*after + *spread)
        } else {
            None
        }
    });
    assert_eq!(wake.unwrap(), at(220));
}

#[test]
fn failures_are_retried_and_the_time_a_server_asks_for_is_kept() {
    let mut tab = loaded(None);
    let mint = ticket(&tab.handle(Event::SignedIn("ada"), at(0)));
    let commands = tab.handle(Event::MintFailed(mint, Failure::Retry(Some(at(20)))), at(1));
    assert_eq!(
        commands,
        [Command::Wake {
            after: at(20),
            spread: at(10)
        }]
    );
    assert_eq!(tab.state(), State::Retrying);
    let again = ticket(&tab.handle(Event::Timer, at(25)));
    assert_eq!(
        identifies(&tab.handle(Event::Minted(again, fresh("ada", "a1")), at(26))),
        ["a1"]
    );
}

#[test]
fn a_request_that_never_answers_is_given_up_and_retried() {
    let mut tab = loaded(None);
    let mint = ticket(&tab.handle(Event::SignedIn("ada"), at(0)));
    let commands = tab.handle(Event::Timer, at(15));
    assert!(
        matches!(commands[..], [Command::Abandon(given_up), Command::Wake { .. }] if given_up == mint)
    );
    assert!(matches!(
        tab.handle(Event::Timer, at(17))[..],
        [Command::Mint(_), Command::Wake { .. }]
    ));
    assert_eq!(
        tab.handle(Event::Minted(mint, fresh("ada", "a1")), at(18)),
        []
    );
}

#[test]
fn a_session_that_is_gone_leads_to_a_fresh_page_that_says_so() {
    let mut tab = identified();
    let mint = ticket(&tab.handle(Event::Timer, at(210)));
    let commands = tab.handle(Event::MintFailed(mint, Failure::Unauthorized), at(211));
    assert_eq!(
        commands,
        [
            Command::Sleep,
            Command::Reload(Some(Notice::SignedOutElsewhere))
        ]
    );

    let mut next = Tab::new(true);
    let check = ticket(&next.handle(Event::Started, at(0)));
    next.handle(Event::SessionFound(check, None), at(0));
    assert_eq!(next.state(), State::SignedOutElsewhere);
    next.handle(Event::SignedIn("ada"), at(9));
    assert_eq!(next.state(), State::Identifying);
}

#[test]
fn a_token_that_arrives_after_sign_out_is_dropped() {
    let mut tab = identified();
    let mint = ticket(&tab.handle(Event::Timer, at(210)));
    let commands = tab.handle(Event::SignOutWanted, at(211));
    assert!(commands.contains(&Command::Abandon(mint)));
    assert_eq!(
        tab.handle(Event::Minted(mint, fresh("ada", "a2")), at(212)),
        []
    );
    assert_eq!(
        tab.handle(Event::SessionEnded, at(213)),
        [
            Command::TellOtherTabs,
            Command::Sleep,
            Command::Reload(None)
        ]
    );
}

#[test]
fn a_sign_out_that_does_not_reach_the_server_says_so_and_goes_on_trying() {
    let mut tab = identified();
    let first = ticket(&tab.handle(Event::SignOutWanted, at(1)));
    assert_eq!(tab.state(), State::SigningOut);
    tab.handle(Event::SessionEndFailed(first, Failure::Retry(None)), at(2));
    assert_eq!(tab.state(), State::SignOutUnfinished);
    assert!(tab.is_timer_set());
    assert!(matches!(
        tab.handle(Event::Woke, at(3))[..],
        [Command::EndSession(_), Command::Wake { .. }]
    ));
    assert_eq!(tab.state(), State::SignOutUnfinished);
    tab.handle(Event::SessionEnded, at(4));
    assert_eq!(tab.state(), State::Leaving);
}

#[test]
fn a_sign_out_is_not_put_off_by_what_was_asked_before_it() {
    let mut tab = identified();
    let check = ticket(&tab.handle(Event::SessionMayHaveChanged, at(1)));
    let first = ticket(&tab.handle(Event::SignOutWanted, at(2)));
    assert_eq!(
        tab.handle(Event::SessionUnknown(check, Failure::Retry(None)), at(3)),
        []
    );
    // The first attempt hangs and is given up; its failure comes while the second is under way.
    tab.handle(Event::Timer, at(17));
    tab.handle(Event::Timer, at(19));
    assert_eq!(
        tab.handle(Event::SessionEndFailed(first, Failure::Retry(None)), at(20)),
        []
    );
}

#[test]
fn a_sign_in_while_a_sign_out_is_unfinished_loads_a_fresh_page() {
    let mut tab = identified();
    tab.handle(Event::SignOutWanted, at(1));
    let commands = tab.handle(Event::SignedIn("ada"), at(2));
    assert_eq!(
        commands,
        [
            Command::TellOtherTabs,
            Command::Sleep,
            Command::Reload(None)
        ]
    );
}

#[test]
fn a_signed_in_tab_that_cannot_ask_who_is_signed_in_finds_out_by_the_next_token() {
    let mut tab = identified();
    let check = ticket(&tab.handle(Event::SessionMayHaveChanged, at(1)));
    let commands = tab.handle(Event::SessionUnknown(check, Failure::Retry(None)), at(2));
    assert!(
        matches!(commands[..], [Command::Mint(_), Command::Wake { .. }]),
        "{commands:?}"
    );
}

#[test]
fn a_widget_that_comes_after_the_token_expired_is_not_given_it() {
    let mut tab = Tab::new(false);
    let check = ticket(&tab.handle(Event::Started, at(0)));
    tab.handle(Event::SessionFound(check, None), at(0));
    let mint = ticket(&tab.handle(Event::SignedIn("ada"), at(0)));
    tab.handle(Event::Minted(mint, fresh("ada", "a1")), at(0));
    let mint = ticket(&tab.handle(Event::Timer, at(210)));
    assert_eq!(
        identifies(&tab.handle(Event::WidgetReady, at(300))),
        [""; 0]
    );
    assert_eq!(
        identifies(&tab.handle(Event::Minted(mint, fresh("ada", "a2")), at(301))),
        ["a2"]
    );
}

#[test]
fn another_plan_brings_another_token_at_once_and_outdates_the_one_on_its_way() {
    let mut tab = identified();
    let old = ticket(&tab.handle(Event::Timer, at(210)));
    let commands = tab.handle(Event::TraitsChanged, at(211));
    assert!(
        matches!(commands[..], [Command::Abandon(abandoned), Command::Mint(_), ..] if abandoned == old)
    );
    let new = ticket(&commands);
    assert_eq!(
        tab.handle(Event::Minted(old, fresh("ada", "old plan")), at(212)),
        []
    );
    assert_eq!(
        identifies(&tab.handle(Event::Minted(new, fresh("ada", "new plan")), at(213))),
        ["new plan"]
    );
}

#[test]
fn a_token_of_somebody_else_never_reaches_the_widget() {
    let mut tab = identified();
    let mint = ticket(&tab.handle(Event::Timer, at(210)));
    let commands = tab.handle(Event::Minted(mint, fresh("bob", "b1")), at(211));
    assert_eq!(commands, [Command::Sleep, Command::Reload(None)]);
}

#[test]
fn signing_in_as_somebody_else_over_a_live_session_loads_a_fresh_page() {
    let mut tab = identified();
    let commands = tab.handle(Event::SignedIn("bob"), at(1));
    assert_eq!(
        commands,
        [
            Command::TellOtherTabs,
            Command::Sleep,
            Command::Reload(None)
        ]
    );
}

#[test]
fn what_another_tab_did_is_looked_up_and_followed() {
    for (found, expected) in [
        (None, Command::Reload(Some(Notice::SignedOutElsewhere))),
        (Some(fresh("bob", "b1")), Command::Reload(None)),
        (Some(fresh("ada", "a2")), Command::Identify("a2")),
    ] {
        let mut tab = identified();
        let check = ticket(&tab.handle(Event::SessionMayHaveChanged, at(1)));
        let commands = tab.handle(Event::SessionFound(check, found), at(1));
        assert!(commands.contains(&expected), "{commands:?}");
    }
    let mut tab = loaded(None);
    let check = ticket(&tab.handle(Event::SessionMayHaveChanged, at(1)));
    assert_eq!(
        identifies(&tab.handle(Event::SessionFound(check, Some(fresh("ada", "a1"))), at(1))),
        ["a1"]
    );
}

#[test]
fn an_answer_from_before_the_sign_in_does_not_undo_it() {
    let mut tab = loaded(None);
    let check = ticket(&tab.handle(Event::SessionMayHaveChanged, at(1)));
    tab.handle(Event::SignedIn("ada"), at(2));
    assert_eq!(tab.handle(Event::SessionFound(check, None), at(3)), []);
    assert_eq!(tab.state(), State::Identifying);
}

#[test]
fn a_blocked_widget_is_tried_again_and_then_identifies_as_if_nothing_had_happened() {
    let mut tab = identified();
    tab.handle(Event::WidgetBlocked, at(10));
    assert_eq!(tab.state(), State::Blocked);
    assert_eq!(
        tab.handle(Event::WidgetWanted, at(20)),
        [Command::LoadWidget(None)]
    );
    assert_eq!(identifies(&tab.handle(Event::WidgetReady, at(21))), ["a1"]);
    assert_eq!(tab.state(), State::Identified);
}

#[test]
fn a_widget_that_refused_a_token_is_given_it_again_without_loading_it_twice() {
    let mut tab = identified();
    tab.handle(Event::WidgetRefused, at(10));
    assert_eq!(
        (tab.state(), tab.widget()),
        (State::Blocked, Widget::Refused)
    );
    assert_eq!(
        tab.handle(Event::WidgetWanted, at(20)),
        [Command::Identify("a1")]
    );
}

#[test]
fn a_page_that_cannot_ask_who_is_signed_in_goes_on_asking() {
    let mut tab = Tab::new(false);
    let first = ticket(&tab.handle(Event::Started, at(0)));
    tab.handle(Event::SessionUnknown(first, Failure::Retry(None)), at(1));
    let second = ticket(&tab.handle(Event::Timer, at(3)));
    // The second one hangs.
    tab.handle(Event::Timer, at(18));
    assert_eq!(tab.handle(Event::SessionFound(second, None), at(19)), []);
    let third = ticket(&tab.handle(Event::Woke, at(20)));
    tab.handle(Event::SessionFound(third, None), at(21));
    assert_eq!(tab.state(), State::Anonymous);
}
