//! Which of two tokens counts, by a server's clock that may be wrong.

use reqio_lifecycle::Event;

use super::support::{Tab, fresh, identifies, ticket};

#[test]
fn a_server_whose_clock_was_set_back_is_believed_once_the_token_held_has_expired() {
    let mut tab = Tab::loaded(Some(fresh("ada", "a7")));
    let mint = ticket(&tab.happens(300, Event::Timer));
    let commands = tab.happens(300, Event::Minted(mint, fresh("ada", "a6")));
    assert_eq!(identifies(&commands), ["a6"]);
}

#[test]
fn a_server_whose_clock_was_set_back_is_believed_once_its_tokens_move_on() {
    let mut tab = Tab::loaded(Some(fresh("ada", "a9")));
    let mint = ticket(&tab.happens(200, Event::Timer));
    let commands = tab.happens(200, Event::Minted(mint, fresh("ada", "a3")));
    assert_eq!(identifies(&commands), [""; 0]);
    let mint = ticket(&tab.happens(201, Event::Timer));
    let commands = tab.happens(201, Event::Minted(mint, fresh("ada", "a7")));
    assert_eq!(identifies(&commands), ["a7"]);

    // From here on that token is the one to be newer than.
    let mint = ticket(&tab.happens(421, Event::Timer));
    let commands = tab.happens(421, Event::Minted(mint, fresh("ada", "a5")));
    assert_eq!(identifies(&commands), [""; 0]);
}

#[test]
fn of_two_tokens_made_in_the_same_second_the_later_one_counts() {
    let mut tab = Tab::identified();
    let mint = ticket(&tab.happens(1, Event::TraitsChanged));
    let mut changed = fresh("ada", "a1");
    changed.token = "a1 with another plan";
    let commands = tab.happens(1, Event::Minted(mint, changed));
    assert_eq!(identifies(&commands), ["a1 with another plan"]);
}
