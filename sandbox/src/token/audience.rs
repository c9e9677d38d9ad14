//! The audience: the project that a token is for (RFC 7519 section 4.1.3).

use serde_json::Value;

use super::refusal::{Refusal, RefusalCode, shown};

/// `aud` names the audience exactly, alone or, as Go's libraries write it, within an array.
pub(super) fn check(claim: Option<&Value>, audience: &str, project: &str) -> Result<(), Refusal> {
    let named = match claim {
        Some(Value::String(only)) => only == audience,
        Some(Value::Array(several)) if several.iter().all(Value::is_string) => {
            several.iter().any(|one| one.as_str() == Some(audience))
        }
        _ => false,
    };
    if named {
        return Ok(());
    }
    let message = explain(claim, audience, project);
    Err(Refusal::new(RefusalCode::Audience, message))
}

fn explain(claim: Option<&Value>, audience: &str, project: &str) -> String {
    let fix = format!("it must be \"{audience}\"");
    match claim {
        None => format!("the token has no aud; {fix}"),
        Some(Value::String(given)) if given == project => {
            format!("aud is the project id; it must be the whole URL \"{audience}\"")
        }
        Some(Value::String(given)) if given.strip_suffix('/') == Some(audience) => {
            format!("aud ends in \"/\"; {fix}, without it")
        }
        Some(other) => format!("aud is {}; {fix}, exactly", shown(other)),
    }
}
