//! What is known of the tab from outside, from what happened to it.

use reqio_lifecycle::{Command, Event, Failure, Fresh, News, Notice};

use crate::{browser::Browser, token::Token};

impl Browser {
    /// Keeps account of who is signed in and of the requests that count, from what happened.
    pub(crate) fn learn(&mut self, event: &Event<u8, Token>, commands: &[Command<u8, Token>]) {
        let leaves = commands
            .iter()
            .any(|to_do| matches!(to_do, Command::Reload(_)));
        match event {
            Event::SessionFound(ticket, found) if self.checking == Some(*ticket) => {
                let sign_out_wanted = self.sign_out_wanted;
                self.outdate_check();
                match found {
                    Some(fresh) if sign_out_wanted => {
                        self.user = Some(fresh.user);
                        self.signing_out = true;
                    }
                    _ => self.learn_session(found.as_ref(), leaves),
                }
            }
            Event::SessionUnknown(ticket, failure) if self.checking == Some(*ticket) => {
                self.checking = None;
                if *failure == Failure::Unauthorized {
                    self.outdate_check();
                    self.learn_session(None, leaves);
                } else if self.user.is_none() {
                    self.failures.check += 1;
                }
            }
            Event::SignedIn(user) => {
                self.outdate_check();
                self.shows_nobody = false;
                self.learn_sign_in(*user, leaves);
            }
            Event::Rendered(fresh) if self.is_starting() => {
                self.outdate_check();
                self.user = Some(fresh.user);
                self.is_given(&fresh.token);
            }
            Event::SignedOut => {
                self.outdate_check();
                self.shows_nobody = true;
            }
            Event::SignOutWanted if self.user.is_some() && !self.left => {
                self.outdate_check();
                self.signing_out = true;
            }
            Event::SignOutWanted if !self.left && !self.signing_out => {
                self.sign_out_wanted = self.checking.is_some() || self.failures.check > 0;
            }
            Event::TraitsChanged | Event::Heard(News::Traits) => {
                self.traits += 1;
                if self.user.is_some() {
                    self.outdate_check();
                    self.failures.mint = 0;
                }
            }
            Event::Minted(ticket, fresh) if self.minting == Some(*ticket) => {
                self.minting = None;
                let is_held = self.is_taken(&fresh.token);
                self.failures.mint = if is_held { 0 } else { self.failures.mint + 1 };
                if !is_held {
                    self.passed_over = Some(fresh.issued_at);
                }
            }
            Event::MintFailed(ticket, _) if self.minting == Some(*ticket) => {
                self.minting = None;
                self.failures.mint += 1;
            }
            Event::SessionEndFailed(ticket, _) if self.ending == Some(*ticket) => {
                self.ending = None;
                self.failures.end += 1;
            }
            Event::Timer => {
                self.timer = None;
                if self.checking.take().is_some() {
                    self.failures.check += u32::from(self.user.is_none());
                } else if self.minting.is_some() {
                    self.failures.mint += 1;
                } else if self.ending.take().is_some() {
                    self.failures.end += 1;
                }
            }
            _ => {}
        }
    }

    fn is_starting(&self) -> bool {
        self.user.is_none() && !self.left && self.lifecycle.user().is_some()
    }

    fn outdate_check(&mut self) {
        self.checking = None;
        self.failures.check = 0;
        self.sign_out_wanted = false;
    }

    fn learn_session(&mut self, found: Option<&Fresh<u8, Token>>, leaves: bool) {
        let found_user = found.map(|fresh| fresh.user);
        match self.user {
            None if self.shows_nobody && found.is_some() => {
                assert!(
                    leaves || self.notice.is_some(),
                    "a sign-in elsewhere is not followed"
                );
            }
            None => self.user = found_user,
            Some(_) if found_user != self.user => {
                assert!(
                    leaves || self.notice.is_some(),
                    "another session is not followed"
                );
            }
            Some(_) => assert!(!leaves, "left for the user that the page shows"),
        }
        if found.is_some_and(|fresh| self.is_taken(&fresh.token)) {
            self.failures.mint = 0;
        }
    }

    /// Whether this token was not held before, and is now. Of two that are good, the older one is
    /// not taken, unless it is from a clock that was set back and moves on.
    fn is_taken(&self, token: &Token) -> bool {
        let held = self.lifecycle.token().map(|(held, _)| held);
        let is_taken = held == Some(token) && self.held.as_ref() != Some(token);
        if is_taken
            && let Some(before) = self.held
            && before.sign_in == token.sign_in
            && self.now < before.expires_at
            && token.issued_at < before.issued_at
        {
            let passed_over = self.passed_over.expect("an older token is taken");
            assert!(passed_over < token.issued_at, "no newer than the last");
        }
        is_taken
    }

    fn learn_sign_in(&mut self, user: u8, leaves: bool) {
        let is_other = self.user.is_some_and(|before| before != user);
        if leaves {
            assert!(self.signing_out || (is_other && self.given.is_some()));
        } else if !self.left {
            let tried = self.notice == Some(Notice::OtherUser);
            assert!(!is_other || self.given.is_none() || tried);
            self.user = Some(user);
            self.sign_in += 1;
        }
    }
}
