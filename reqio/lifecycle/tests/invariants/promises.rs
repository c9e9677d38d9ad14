//! What the machine may do, whatever happened before.

use reqio_lifecycle::{Command, Event, News, WidgetState};

use crate::{browser::Browser, server::Kind, token::Token};

impl Browser {
    pub(crate) fn judge(
        &mut self,
        command: &Command<u8, Token>,
        event: &Event<u8, Token>,
        was_checking: bool,
    ) {
        match command {
            Command::CheckSession(ticket) => {
                self.requests(Kind::Check, *ticket);
                self.checking = Some(*ticket);
            }
            Command::EndSession(ticket, user) => {
                assert!(self.signing_out);
                assert_eq!(Some(*user), self.user, "a sign-out of who did not want it");
                assert_eq!(self.ending, None);
                self.requests(Kind::EndSession, *ticket);
                self.ending = Some(*ticket);
            }
            Command::Mint(ticket) => {
                assert!(!self.signing_out, "a token asked for after sign-out");
                assert_eq!(self.minting, None, "two tokens on their way, on {event:?}");
                self.judge_reason(event, was_checking);
                self.requests(Kind::Mint, *ticket);
                self.minting = Some(*ticket);
            }
            Command::Abandon(ticket) => {
                assert_eq!(self.minting.take(), Some(*ticket));
            }
            Command::Identify(token) => {
                assert_eq!(self.lifecycle.widget(), WidgetState::Ready);
                self.judge_token(token, event);
            }
            Command::LoadWidget(token) => {
                assert!(!self.signing_out);
                if let Some(token) = token {
                    self.judge_token(token, event);
                }
            }
            Command::Reload(_) => {
                assert!(!self.left || *event == Event::Restored, "two reloads");
                self.left = true;
                (self.checking, self.minting, self.ending) = (None, None, None);
            }
            Command::Wake { after, spread } => self.timer = Some(self.now + *after + *spread),
            Command::Sleep => self.timer = None,
            _ => {}
        }
    }

    /// A token is asked for because of what happened, and not of an answer that would come again.
    fn judge_reason(&mut self, event: &Event<u8, Token>, was_checking: bool) {
        assert!(
            !matches!(event, Event::Minted(..) | Event::MintFailed(..)),
            "an answer is asked for again at once: {event:?}"
        );
        let is_question = match event {
            Event::SignedIn(_)
            | Event::TraitsChanged
            | Event::Heard(News::Traits)
            | Event::SessionUnknown(..) => true,
            Event::Timer => was_checking,
            _ => false,
        };
        assert!(
            is_question || self.wants_tokens(),
            "a token for no widget, on {event:?}"
        );
        if is_question {
            self.failures.mint = 0;
        }
    }

    fn judge_token(&mut self, token: &Token, event: &Event<u8, Token>) {
        assert!(!self.signing_out, "a token after sign-out, on {event:?}");
        assert_eq!(Some(token.user), self.user, "on {event:?}");
        assert_eq!(
            token.sign_in, self.sign_in,
            "an earlier sign-in's, on {event:?}"
        );
        assert_eq!(token.traits.0, token.traits.1, "old traits, on {event:?}");
        assert!(self.now < token.expires_at, "expired, on {event:?}");
        self.is_given(token);
    }

    pub(crate) fn is_given(&mut self, token: &Token) {
        self.given = Some(*token);
        let until = self.lifecycle.given_until();
        assert!(
            until >= Some(token.expires_at),
            "given for longer than it says"
        );
        assert!(until >= self.given_until, "a token taken back");
    }
}
