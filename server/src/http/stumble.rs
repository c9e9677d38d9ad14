//! A server that is slow to mint, or cannot: two faults that are the connection's and not the
//! token's. Only laid around the server functions where the sandbox plays Reqio's part.

use std::time::Duration;

use app::{ErrorCode, backend::Fault};
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Long enough to watch, and well below the time after which the page gives up.
const SLOW: Duration = Duration::from_secs(5);

/// Lets requests for a token stumble as their browser's switch says.
pub(crate) async fn over_faults(request: Request, next: Next) -> Response {
    if request.uri().path() == "/api/identity_token" {
        match Fault::of(request.headers()) {
            Some(Fault::SlowMint) => tokio::time::sleep(SLOW).await,
            Some(Fault::FailingMint) => {
                return app::ApiError::from(ErrorCode::IdentityError).into_response();
            }
            _ => {}
        }
    }
    next.run(request).await
}
