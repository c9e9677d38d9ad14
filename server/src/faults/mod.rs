//! What goes wrong on purpose, so that it can be watched. Leave it behind.
//!
//! It lies around the finished server and changes what the server has answered, by a cookie of the
//! browser that asks. The server itself knows nothing of it, and where the real Reqio is set up it
//! is not there.

mod answer;
mod token;

use std::time::Duration;

use app::{ApiError, ErrorCode, Identity, Session, explanation::Fault};
use axum::{
    Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};

/// Long enough to watch, and well below the time after which the page gives up.
const SLOW: Duration = Duration::from_secs(5);

/// The server whose answers go wrong for browsers that want them to.
pub(crate) fn around(router: Router) -> Router {
    router.layer(from_fn(go_wrong))
}

async fn go_wrong(request: Request, next: Next) -> Response {
    let Some(fault) = Fault::of(request.headers()) else {
        return next.run(request).await;
    };
    match request.uri().path() {
        "/api/identity_token" => {
            if fault == Fault::SlowMint {
                tokio::time::sleep(SLOW).await;
            }
            let minted = |identity| wrong_identity(fault, identity);
            answer::changed(next.run(request).await, minted).await
        }
        "/api/session" => {
            let told = |session| wrong_session(fault, session);
            answer::changed(next.run(request).await, told).await
        }
        _ => next.run(request).await,
    }
}

fn wrong_identity(fault: Fault, identity: Identity) -> Result<Identity, ApiError> {
    match fault {
        Fault::FailingMint => Err(ErrorCode::IdentityError.into()),
        fault => token::wrong(fault, identity),
    }
}

fn wrong_session(fault: Fault, mut session: Session) -> Result<Session, ApiError> {
    if let Some(identity) = session.identity {
        session.identity = Some(token::wrong(fault, identity)?);
    }
    if fault == Fault::BlockedScript {
        let url = &mut session.reqio.widget_url;
        *url = url.replace("/widget.js", "/blocked.js");
    }
    Ok(session)
}
