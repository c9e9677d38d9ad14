//! The contract of the two halves: each server function, and the types they carry.
#![cfg_attr(
    feature = "ssr",
    expect(
        unreachable_pub,
        reason = "the `server` macro writes public items into these private modules"
    )
)]

mod change_plan;
mod error;
mod identity_token;
mod password;
mod plan;
mod session;
mod sign_in;
mod sign_out;
mod sign_up;
mod user;

pub use change_plan::change_plan;
pub use error::{ApiError, ErrorCode, Field};
pub use identity_token::identity_token;

pub use password::Password;
pub use plan::Plan;
pub use reqio_identity::Identity;
pub use session::{ReqioProject, Session, session};
pub use sign_in::sign_in;
pub use sign_out::sign_out;
pub use sign_up::sign_up;
pub use user::User;
