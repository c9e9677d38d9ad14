//! What a server function for tokens may answer.

use leptos::prelude::ServerFnError;
use reqio_browser::{Failure, Identity};

/// The answer of a server function for tokens: `Result<Option<Identity>, E>`, with `None` when
/// nobody is signed in, or `Result<Identity, E>` where `E` says so.
pub trait IdentityAnswer {
    /// The answer as identity needs it.
    ///
    /// # Errors
    /// [`Failure::Unauthorized`] if nobody is signed in, [`Failure::Retry`] for anything else.
    fn into_identity(self) -> Result<Identity, Failure>;
}

/// What an error of your server functions means for trying again. Implement it for your own.
pub trait IdentityError {
    /// Whether it says that nobody is signed in, or for how long the server wants to be left alone.
    fn failure(&self) -> Failure;
}

impl<E: IdentityError> IdentityAnswer for Result<Option<Identity>, E> {
    fn into_identity(self) -> Result<Identity, Failure> {
        self.map_err(|error| error.failure())?
            .ok_or(Failure::Unauthorized)
    }
}

impl<E: IdentityError> IdentityAnswer for Result<Identity, E> {
    fn into_identity(self) -> Result<Identity, Failure> {
        self.map_err(|error| error.failure())
    }
}

/// Leptos's own error has no word for "nobody is signed in": answer `Ok(None)` for that.
impl<E> IdentityError for ServerFnError<E> {
    fn failure(&self) -> Failure {
        Failure::Retry(None)
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::ServerFnError;
    use reqio_browser::{Failure, Identity, Token};

    use super::IdentityAnswer;

    #[test]
    fn nobody_is_signed_in_and_something_failed_are_told_apart() {
        let identity = Identity {
            token: Token::from_compact("eyJ0.eyJz.c2ln"),
            expires_in: 300,
        };
        let found: Result<_, ServerFnError> = Ok(Some(identity.clone()));
        assert_eq!(found.into_identity(), Ok(identity));
        let nobody: Result<Option<Identity>, ServerFnError> = Ok(None);
        assert_eq!(nobody.into_identity(), Err(Failure::Unauthorized));
        let failed: Result<Identity, _> = Err(ServerFnError::new("no database"));
        assert_eq!(failed.into_identity(), Err(Failure::Retry(None)));
    }
}
