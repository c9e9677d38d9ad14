//! A server that fails, and a session that is gone.

use std::time::Duration;

use reqio_lifecycle::{Command, Event, Failure, Notice, Status, TokenProblem};

use super::support::{Tab, fresh, identifies, leaves, seconds, ticket};

#[test]
fn failures_are_retried_and_the_time_a_server_asks_for_is_kept() {
    let mut tab = Tab::loaded(None);
    let mint = ticket(&tab.happens(0, Event::SignedIn("ada")));
    let failed = Event::MintFailed(mint, Failure::Retry(Some(seconds(20))));
    assert_eq!(
        tab.happens(1, failed),
        [Command::Wake {
            after: seconds(20),
            spread: seconds(10)
        }]
    );
    assert_eq!(tab.status(), Status::Retrying(TokenProblem::Failed));
    let again = ticket(&tab.happens(25, Event::Timer));
    let commands = tab.happens(26, Event::Minted(again, fresh("ada", "a1")));
    assert_eq!(identifies(&commands), ["a1"]);
}

#[test]
fn offline_is_not_signed_out() {
    let mut tab = Tab::identified();
    let mut now = 220;
    let mut mint = ticket(&tab.happens(now, Event::Timer));
    // An hour without a network.
    while now < 220 + 3_600 {
        let commands = tab.happens(now, Event::MintFailed(mint, Failure::Retry(None)));
        assert!(matches!(commands[..], [Command::Wake { after, spread }]
            if after + spread <= Duration::from_secs(45)));
        assert_eq!(tab.status(), Status::Retrying(TokenProblem::Failed));
        assert_eq!(tab.lifecycle.user(), Some(&"ada"));
        now = tab.timer().unwrap();
        mint = ticket(&tab.happens(now, Event::Timer));
    }
    tab.happens(now, Event::MintFailed(mint, Failure::Retry(None)));
    // The network is back: at once, not when the wait is over.
    let mint = ticket(&tab.happens(now, Event::Woke));
    let commands = tab.happens(now, Event::Minted(mint, fresh("ada", "a2")));
    assert_eq!(identifies(&commands), ["a2"]);
    assert_eq!(tab.status(), Status::Identified);
}

#[test]
fn a_success_ends_the_row_of_failures() {
    let mut tab = Tab::identified();
    let mut mint = ticket(&tab.happens(210, Event::Timer));
    for now in 211..216 {
        tab.happens(now, Event::MintFailed(mint, Failure::Retry(None)));
        mint = ticket(&tab.happens(now, Event::Woke));
    }
    tab.happens(216, Event::Minted(mint, fresh("ada", "a2")));
    let mint = ticket(&tab.happens(430, Event::Timer));
    let commands = tab.happens(431, Event::MintFailed(mint, Failure::Retry(None)));
    assert!(matches!(commands[..], [Command::Wake { after, .. }] if after == seconds(1)));
}

#[test]
fn a_session_that_is_gone_leads_to_a_fresh_page_that_says_so() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(210, Event::Timer));
    assert_eq!(
        tab.happens(211, Event::MintFailed(mint, Failure::Unauthorized)),
        leaves(Some(Notice::SignedOutElsewhere), None)
    );

    let mut next = Tab::new(Some(Notice::SignedOutElsewhere));
    let check = ticket(&next.happens(0, Event::Started));
    next.happens(0, Event::SessionFound(check, None));
    assert_eq!(next.status(), Status::SignedOutElsewhere);
    next.happens(9, Event::SignedIn("ada"));
    assert_eq!(next.status(), Status::Identifying);
}

#[test]
fn a_page_that_says_somebody_is_signed_in_while_the_server_says_nobody_is_loads_anew_once() {
    let mut tab = Tab::new(None);
    let mint = ticket(&tab.happens(0, Event::SignedIn("ada")));
    let refused = Event::MintFailed(mint, Failure::Unauthorized);
    let notice = Some(Notice::SignedOutElsewhere);
    assert_eq!(tab.happens(1, refused), leaves(notice, None));

    // The fresh page says so again, so loading once more will not help.
    let mut next = Tab::new(notice);
    let mint = ticket(&next.happens(0, Event::SignedIn("ada")));
    let refused = Event::MintFailed(mint, Failure::Unauthorized);
    assert!(matches!(
        next.happens(1, refused)[..],
        [Command::Wake { .. }]
    ));
    assert_eq!(next.status(), Status::Retrying(TokenProblem::Unauthorized));
    let check = ticket(&next.happens(2, Event::SessionMayHaveChanged));
    next.happens(3, Event::SessionFound(check, None));
    assert_ne!(next.status(), Status::Leaving);

    // A token is proof of a session, so the next time that it ends is news.
    let mint = ticket(&next.happens(4, Event::TraitsChanged));
    next.happens(5, Event::Minted(mint, fresh("ada", "a1")));
    let mint = ticket(&next.happens(220, Event::Timer));
    let refused = Event::MintFailed(mint, Failure::Unauthorized);
    assert_eq!(next.happens(221, refused), leaves(notice, None));
}

#[test]
fn a_page_rendered_with_a_token_had_a_session_so_its_end_is_news() {
    let notice = Some(Notice::SignedOutElsewhere);
    let mut tab = Tab::new(notice);
    tab.happens(0, Event::Rendered(fresh("ada", "a1")));
    let mint = ticket(&tab.happens(210, Event::Timer));
    let refused = Event::MintFailed(mint, Failure::Unauthorized);
    assert_eq!(tab.happens(211, refused), leaves(notice, None));
}
