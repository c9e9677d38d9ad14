//! The provider, called for the lifecycle: answers become events.

use std::{cell::RefCell, future::Future, pin::Pin, rc::Rc};

use futures_util::future::{AbortHandle, abortable};
use reqio_identity::{Identity, Token};
use reqio_lifecycle::{Event, Failure, Fresh, Ticket};
use wasm_bindgen_futures::spawn_local;

use crate::{claims, provider::AnyProvider};

/// Something under way whose answer is not wanted any more when this is dropped.
pub(crate) struct UnderWay(AbortHandle);

impl UnderWay {
    /// Starts it. It ends before `then` if this is dropped.
    pub(crate) fn start(work: impl Future<Output = ()> + 'static) -> Self {
        // Boxed, so that running it is compiled once and not for every kind of work.
        let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
        let (work, handle) = abortable(work);
        spawn_local(async move {
            let _ = work.await;
        });
        Self(handle)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// The requests under way: at most one of each kind, since a second outdates the first.
pub(crate) struct Requests {
    provider: Rc<dyn AnyProvider>,
    check: RefCell<Option<UnderWay>>,
    mint: RefCell<Option<UnderWay>>,
    end: RefCell<Option<UnderWay>>,
}

impl Requests {
    pub(crate) fn new(provider: Rc<dyn AnyProvider>) -> Self {
        Self {
            provider,
            check: RefCell::default(),
            mint: RefCell::default(),
            end: RefCell::default(),
        }
    }

    pub(crate) fn check_session(
        &self,
        ticket: Ticket,
        answered: impl FnOnce(Event<String, Token>) + 'static,
    ) {
        let provider = Rc::clone(&self.provider);
        self.check.replace(Some(UnderWay::start(async move {
            let found = provider.session().await;
            answered(match found.and_then(|found| found.map(read).transpose()) {
                Ok(found) => Event::SessionFound(ticket, found),
                Err(Failure::Unauthorized) => Event::SessionFound(ticket, None),
                Err(failure) => Event::SessionUnknown(ticket, failure),
            });
        })));
    }

    pub(crate) fn mint(
        &self,
        ticket: Ticket,
        answered: impl FnOnce(Event<String, Token>) + 'static,
    ) {
        let provider = Rc::clone(&self.provider);
        self.mint.replace(Some(UnderWay::start(async move {
            answered(match provider.token().await.and_then(read) {
                Ok(fresh) => Event::Minted(ticket, fresh),
                Err(failure) => Event::MintFailed(ticket, failure),
            });
        })));
    }

    pub(crate) fn abandon_check(&self) {
        self.check.take();
    }

    pub(crate) fn abandon_mint(&self) {
        self.mint.take();
    }

    pub(crate) fn end_session(
        &self,
        ticket: Ticket,
        user: String,
        answered: impl FnOnce(Event<String, Token>) + 'static,
    ) {
        let provider = Rc::clone(&self.provider);
        self.end.replace(Some(UnderWay::start(async move {
            answered(match provider.end_session(&user).await {
                // Nobody is signed in any more, which is what was wanted.
                Ok(()) | Err(Failure::Unauthorized) => Event::SessionEnded,
                Err(failure) => Event::SessionEndFailed(ticket, failure),
            });
        })));
    }
}

/// A token with the name of its user read from the token itself. One that cannot be read is none.
fn read(identity: Identity) -> Result<Fresh<String, Token>, Failure> {
    claims::arrived(identity).ok_or(Failure::Retry(None))
}
