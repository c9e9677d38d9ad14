//! Every call of the widget's API is judged first: whose it is, or why its token is refused.
//!
//! The verdict is kept where the call carries a header of the widget's. Any page can have a browser
//! call without one, by an image with the address, and that is not to crowd out what was meant.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;

use super::wire;
use crate::error::ApiError;
use crate::memory::{Verdict, Visitor};
use crate::project::is_id;
use crate::sandbox::Sandbox;
use crate::token::Refusal;

/// The longest text of a request that is kept or repeated, in characters.
const LONGEST_KEPT: usize = 200;

/// Adds who calls to a request, or answers 401 with the reason. A bad token never becomes an
/// anonymous visitor.
pub(crate) async fn judge(
    State(sandbox): State<Sandbox>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let (headers, served) = (request.headers(), sandbox.config.project.as_str());
    // Leaving the project out is the sandbox's own leniency: it has only one.
    if let Some(asked) = headers.get(wire::PROJECT).filter(|asked| *asked != served) {
        let asked = kept(&String::from_utf8_lossy(asked.as_bytes()));
        return Err(ApiError::UnknownProject {
            asked,
            served: served.into(),
        });
    }
    // The query is left out, and so is every header.
    let mut verdict = sandbox.verdict();
    verdict.method = kept(request.method().as_str());
    verdict.path = kept(request.uri().path());
    let caller = match headers.contains_key(header::AUTHORIZATION) {
        false => look(&sandbox, headers, verdict),
        true => admit(&sandbox, headers, verdict).map(Some),
    };
    sandbox.changed();
    request.extensions_mut().insert(caller?);
    Ok(next.run(request).await)
}

/// As much of what somebody sent as is kept of it.
fn kept(sent: &str) -> String {
    sent.chars().take(LONGEST_KEPT).collect()
}

/// Who calls without a token. An id that cannot be used is a mistake to hear about; none at all is
/// a visitor who only looks.
fn look(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    verdict: Verdict,
) -> Result<Option<Visitor>, ApiError> {
    let id = headers
        .get(wire::ANONYMOUS_ID)
        .map(|id| id.to_str().ok().filter(|id| is_id(id)));
    let visitor = match id {
        None if !headers.contains_key(wire::PROJECT) => return Ok(None),
        None => None,
        Some(None) => return Err(ApiError::AnonymousId),
        Some(Some(id)) => Some(Visitor::Anonymous(id.into())),
    };
    sandbox.memory().verdicts.record(Verdict {
        who: Some("anonymous".into()),
        accepted: true,
        message: "no token: an anonymous visitor".into(),
        ..verdict
    });
    Ok(visitor)
}

/// Keeps the verdict on a token, and with it what a believed one says.
fn admit(sandbox: &Sandbox, headers: &HeaderMap, verdict: Verdict) -> Result<Visitor, ApiError> {
    let token = bearer_token(headers);
    let (verdict, outcome) = sandbox.judge(token, verdict);
    let mut memory = sandbox.memory();
    let visitor = outcome.map(|claims| memory.admit(&claims, verdict.decided_at));
    memory.verdicts.record(verdict);
    Ok(visitor?)
}

/// The token of RFC 6750 section 2.1.
fn bearer_token(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let once = values.next().filter(|_| values.next().is_none());
    let parts = once.and_then(|value| value.to_str().ok()?.split_once(' '));
    let token = parts.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    token.map(|(_, token)| token.trim()).ok_or_else(|| {
        Refusal::malformed(
            "the Authorization header must be sent once, and be \"Bearer\", a space and the token",
        )
    })
}
