//! Signing in, and pages that know who is signed in.

use std::time::Duration;

use crate::{
    Command, Fresh, Lifecycle, News, Notice, WidgetState,
    machine::Stage,
    token::{Held, SignedIn},
};

impl<U: Clone + PartialEq, T: Clone + PartialEq> Lifecycle<U, T> {
    /// The page came with a token on the widget's tag, so the widget is told already.
    pub(crate) fn rendered(&mut self, fresh: Fresh<U, T>, now: Duration) {
        if let Stage::Starting = self.stage {
            self.tag_found();
            self.check.outdate();
            self.welcome(fresh, true, now);
            // Whether this page is the right one, and not one from a cache once more, is for the
            // server to say. Until it does, another user is no reason to load it anew.
            if self.reloaded_for == Some(Notice::OtherUser) && !self.limit_stands() {
                self.check_session();
            }
        }
    }

    pub(crate) fn signed_in(&mut self, user: U) {
        self.check.outdate();
        let news = News::Session(Some(user.clone()));
        match &self.stage {
            Stage::Leaving => {}
            // A sign-out is still unfinished, or the widget knows somebody else: only a fresh page
            // is certain. The others are told before this one goes away.
            Stage::SigningOut(_) => {
                self.tell(news);
                self.leave(None);
            }
            Stage::SignedIn(before) if before.user != user && self.may_load_anew() => {
                self.abandon_mint();
                self.tell(news);
                self.leave(Some(Notice::OtherUser));
            }
            Stage::SignedIn(_) | Stage::Starting | Stage::Anonymous => {
                // Also for the same user again: what was minted in the session before dies with it.
                self.abandon_mint();
                if self.user().is_some_and(|before| *before != user) {
                    self.commands.push(Command::ClearTag);
                }
                self.stage = Stage::SignedIn(SignedIn::new(user, None));
                self.tell(news);
                if self.widget == WidgetState::Absent {
                    self.load_widget(None);
                }
                self.mint(0);
            }
        }
    }

    /// Whether a fresh page is the way to another user: the widget was told of the one before, and
    /// the page was not loaded anew for that already.
    fn may_load_anew(&self) -> bool {
        self.given_until.is_some() && self.reloaded_for != Some(Notice::OtherUser)
    }

    /// Nobody is signed in when the page starts.
    pub(crate) fn nobody(&mut self) {
        self.stage = Stage::Anonymous;
        self.sleep();
        if self.widget == WidgetState::Absent {
            self.load_widget(None);
        }
    }

    /// A user with a token, which is on the widget's tag already or is to be handed over.
    pub(crate) fn welcome(&mut self, fresh: Fresh<U, T>, on_the_tag: bool, now: Duration) {
        let user = fresh.user.clone();
        if on_the_tag {
            self.given_until = Some(now.saturating_add(fresh.lifetime));
        }
        let held = self.is_alive(&fresh).then(|| Held {
            given: on_the_tag,
            ..Held::new(fresh, now, &self.timings)
        });
        self.stage = Stage::SignedIn(SignedIn::new(user, held));
        self.hand_over(now);
        self.resume(now);
    }

    /// Whether a token that has just arrived is of any use.
    pub(crate) fn is_alive(&self, fresh: &Fresh<U, T>) -> bool {
        fresh.lifetime >= self.timings.shortest_life
    }
}
