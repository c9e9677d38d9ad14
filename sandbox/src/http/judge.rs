//! Every call of the widget's API is judged first: whose it is, or why its token is refused. The
//! verdict is kept.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;

use super::wire;
use crate::error::ApiError;
use crate::store::{AnonymousId, Visitor};
use crate::token::{self, Refusal};
use crate::{Sandbox, Verdict};

/// The longest text of a request that is kept or repeated, in characters.
const LONGEST_KEPT: usize = 200;

/// Adds the [`Visitor`] to a request, or answers 401 with the reason. A bad token never becomes an
/// anonymous visitor.
pub(crate) async fn judge(
    State(sandbox): State<Sandbox>,
    mut request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    known_project(&sandbox, request.headers())?;
    // The query is left out, and so is every header.
    let verdict = Verdict {
        decided_at: sandbox.now(),
        method: kept(request.method().as_str()),
        path: kept(request.uri().path()),
        ..Verdict::default()
    };
    let visitor = match request.headers().get(header::AUTHORIZATION) {
        None => Ok(look(&sandbox, request.headers(), verdict).await?),
        Some(_) => admit(&sandbox, request.headers(), verdict).await,
    };
    sandbox.changed();
    request.extensions_mut().insert(visitor?);
    Ok(next.run(request).await)
}

/// The project named, if one is, must be the one served. Leaving it out is the sandbox's own
/// leniency: it has only one.
fn known_project(sandbox: &Sandbox, headers: &HeaderMap) -> Result<(), ApiError> {
    let served = sandbox.config.project.as_str();
    match headers.get(wire::PROJECT) {
        Some(asked) if asked != served => Err(ApiError::UnknownProject {
            asked: kept(&String::from_utf8_lossy(asked.as_bytes())),
            served: served.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// As much of what somebody sent as is kept of it.
fn kept(sent: &str) -> String {
    sent.chars().take(LONGEST_KEPT).collect()
}

/// Sent but unusable is a mistake to hear about; not sent at all is a visitor who only looks.
fn anonymous_id(headers: &HeaderMap) -> Result<Option<AnonymousId>, ApiError> {
    let Some(id) = headers.get(wire::ANONYMOUS_ID) else {
        return Ok(None);
    };
    id.to_str()
        .ok()
        .and_then(AnonymousId::new)
        .map(Some)
        .ok_or(ApiError::AnonymousId)
}

/// Keeps the verdict on a visitor without a token.
async fn look(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    verdict: Verdict,
) -> Result<Visitor, ApiError> {
    let id = anonymous_id(headers)?;
    let verdict = Verdict {
        who: Some("anonymous".into()),
        accepted: true,
        message: "no token: an anonymous visitor".into(),
        ..verdict
    };
    sandbox.store.record(&verdict).await?;
    Ok(Visitor::Anonymous(id))
}

/// Keeps the verdict on a token, and with it what a believed one says.
async fn admit(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    mut verdict: Verdict,
) -> Result<Visitor, ApiError> {
    let token = bearer_token(headers);
    verdict.token_id = Some(token::id(token.as_ref().unwrap_or(&"")));
    let outcome = token.and_then(|token| {
        let judgement = sandbox.verifier.judge(token, verdict.decided_at);
        (verdict.header, verdict.claims) = (judgement.header, judgement.claims);
        judgement.outcome
    });
    match outcome {
        Ok(claims) => {
            verdict.accepted = true;
            verdict.message = claims.to_string();
            verdict.who = Some(claims.subject.clone());
            let row = sandbox.store.admit(&claims, &verdict).await?;
            Ok(Visitor::Identified(row))
        }
        Err(refusal) => {
            verdict.code = Some(refusal.code.as_str().to_owned());
            verdict.message.clone_from(&refusal.message);
            sandbox.store.record(&verdict).await?;
            Err(refusal.into())
        }
    }
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
