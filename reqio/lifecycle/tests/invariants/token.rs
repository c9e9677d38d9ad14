//! A token that remembers where it comes from.

use std::time::Duration;

use reqio_lifecycle::Fresh;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) number: usize,
    pub(crate) user: u8,
    /// The sign-in in which it was asked for.
    pub(crate) sign_in: u32,
    /// How often traits had changed when it was asked for, and when it arrived.
    pub(crate) traits: (u32, u32),
    pub(crate) issued_at: u64,
    pub(crate) lifetime: Duration,
    pub(crate) expires_at: Duration,
}

impl Token {
    pub(crate) fn fresh(self) -> Fresh<u8, Self> {
        Fresh {
            user: self.user,
            token: self,
            lifetime: self.lifetime,
            issued_at: self.issued_at,
        }
    }
}
