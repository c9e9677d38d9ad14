//! Every call of the widget's API is judged first: whose it is, or why its token is refused. The
//! verdict is kept.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use super::error::ApiError;
use super::wire;
use crate::Sandbox;
use crate::store::{AnonymousId, NewVerdict, Visitor};
use crate::token::{self, Judgement, Refusal};

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
    let verdict = NewVerdict::on(&request, sandbox.now());
    let visitor = match request.headers().get(header::AUTHORIZATION) {
        None => {
            let id = anonymous_id(request.headers())?;
            sandbox.store.record(&verdict.anonymous()).await?;
            Ok(Visitor::Anonymous(id))
        }
        Some(_) => {
            let (token_id, judgement) = judge_token(&sandbox, request.headers());
            settle(&sandbox, &judgement, &verdict.judged(token_id, &judgement)).await
        }
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
            asked: String::from_utf8_lossy(asked.as_bytes())
                .chars()
                .take(LONGEST_KEPT)
                .collect(),
            served: served.to_owned(),
        }),
        _ => Ok(()),
    }
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

fn judge_token(sandbox: &Sandbox, headers: &HeaderMap) -> (String, Judgement) {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let once = values.next().filter(|_| values.next().is_none());
    match once.and_then(bearer_token) {
        Some(token) => (
            token::id(token),
            sandbox.verifier.judge(token, sandbox.now()),
        ),
        None => {
            let refusal = Refusal::malformed(
                "the Authorization header must be sent once, and be \"Bearer\", a space and the token",
            );
            (
                token::id(""),
                Judgement {
                    header: None,
                    claims: None,
                    outcome: Err(refusal),
                },
            )
        }
    }
}

/// The token of RFC 6750 section 2.1.
fn bearer_token(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// Keeps the verdict, and with it what a believed token says.
async fn settle(
    sandbox: &Sandbox,
    judgement: &Judgement,
    verdict: &NewVerdict,
) -> Result<Visitor, ApiError> {
    match &judgement.outcome {
        Ok(claims) => Ok(Visitor::Identified(
            sandbox.store.admit(claims, verdict).await?,
        )),
        Err(refusal) => {
            sandbox.store.record(verdict).await?;
            Err(refusal.clone().into())
        }
    }
}

impl NewVerdict {
    /// What every verdict says of its request; the query is left out, and so is every header.
    fn on(request: &Request, now: i64) -> Self {
        Self {
            decided_at: now,
            method: request.method().to_string(),
            path: request.uri().path().chars().take(LONGEST_KEPT).collect(),
            who: None,
            code: None,
            message: String::new(),
            token_id: None,
            header: None,
            claims: None,
        }
    }

    fn anonymous(self) -> Self {
        Self {
            who: Some("anonymous".into()),
            message: "no token: an anonymous visitor".into(),
            ..self
        }
    }

    fn judged(self, token_id: String, judgement: &Judgement) -> Self {
        let (who, code, message) = match &judgement.outcome {
            Ok(claims) => (Some(claims.subject.clone()), None, claims.to_string()),
            Err(refusal) => (None, Some(refusal.code), refusal.message.clone()),
        };
        let (header, claims) = (judgement.header.clone(), judgement.claims.clone());
        Self {
            who,
            code,
            message,
            token_id: Some(token_id),
            header,
            claims,
            ..self
        }
    }
}
