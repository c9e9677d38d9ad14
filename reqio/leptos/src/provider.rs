//! A server function, as the provider of tokens.

use std::future::Future;

use reqio_browser::{Failure, Identity, Provider};

use crate::IdentityAnswer;

/// Tokens only: the app ends its sessions by itself and says so.
pub(crate) struct TokensOnly<F>(pub(crate) F);

impl<F, Answer> Provider for TokensOnly<F>
where
    F: Fn() -> Answer,
    Answer: Future<Output: IdentityAnswer>,
{
    async fn token(&self) -> Result<Identity, Failure> {
        (self.0)().await.into_identity()
    }

    async fn end_session(&self, _: &str) -> Result<(), Failure> {
        Ok(())
    }
}
