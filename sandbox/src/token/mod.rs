//! The judge of an identity token: what it says, whether it may be believed, and if not, how to fix
//! it.
//!
//! Written against RFC 7515 (JWS), RFC 7519 (JWT), RFC 8725 (their best practice) and Reqio's
//! public documentation, with no JWT library: a token that a library mints is then checked by
//! something that is not that library. Start reading at [`Verifier::judge`].

mod audience;
mod claims;
mod jws;
mod refusal;
mod sent;
mod signature;
mod times;
mod traits;
#[cfg(test)]
mod vectors;
mod verifier;

pub use claims::Claims;
pub(crate) use refusal::shown;
pub use refusal::{Refusal, RefusalCode};
pub(crate) use sent::Sent;
pub use times::{CLOCK_LEEWAY, LONGEST_LIFETIME};
pub use traits::Traits;
pub use verifier::{Judgement, Verifier, id};
