//! What the product brings.

use std::{future::Future, pin::Pin};

use reqio_identity::Identity;
use reqio_lifecycle::Failure;

/// Your server, as far as identity needs it. Each answer is a value, [`Failure::Unauthorized`] if
/// nobody is signed in, or [`Failure::Retry`] for everything else, be it that the network is down.
///
/// A call may be dropped before it is done, and then its answer is not wanted any more. One that
/// never ends is given up after [`Timings::request_limit`](crate::Timings::request_limit).
pub trait Provider {
    /// A token for whoever is signed in.
    fn token(&self) -> impl Future<Output = Result<Identity, Failure>>;

    /// Who is signed in, with a token for them; nobody is no failure here.
    ///
    /// Asked when the page starts without knowing, and when the session may have changed.
    fn session(&self) -> impl Future<Output = Result<Option<Identity>, Failure>> {
        async {
            match self.token().await {
                Ok(identity) => Ok(Some(identity)),
                Err(Failure::Unauthorized) => Ok(None),
                Err(failure) => Err(failure),
            }
        }
    }

    /// Ends the session, if it is still the one of `user`: when this arrives late, somebody else
    /// may have signed in. That it is not theirs any more, or that there is none, is success.
    ///
    /// Asked by [`Client::sign_out`](crate::Client::sign_out), as often as it takes.
    fn end_session(&self, user: &str) -> impl Future<Output = Result<(), Failure>>;
}

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + 'a>>;

/// The same, without the type of the provider.
pub(crate) trait AnyProvider {
    fn token(&self) -> Answer<'_, Identity>;
    fn session(&self) -> Answer<'_, Option<Identity>>;
    fn end_session<'a>(&'a self, user: &'a str) -> Answer<'a, ()>;
}

impl<P: Provider> AnyProvider for P {
    fn token(&self) -> Answer<'_, Identity> {
        Box::pin(Provider::token(self))
    }

    fn session(&self) -> Answer<'_, Option<Identity>> {
        Box::pin(Provider::session(self))
    }

    fn end_session<'a>(&'a self, user: &'a str) -> Answer<'a, ()> {
        Box::pin(Provider::end_session(self, user))
    }
}
