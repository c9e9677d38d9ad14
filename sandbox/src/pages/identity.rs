//! The judge's page: the last verdicts on tokens, and a box to have one judged.

use maud::{Markup, html};
use serde_json::Value;

use super::layout::{Page, ago, page};
use crate::token::Judgement;
use crate::{Config, Verdict};

pub(crate) fn identity(
    config: &Config,
    now: i64,
    verdicts: &[Verdict],
    pasted: Option<&Judgement>,
) -> Markup {
    let still = html! {
        p.lead {
            "What became of each token that was sent, and how to fix those that were refused. "
            "Tokens are never kept."
        }
        (check_form(config, pasted))
    };
    let live = html! {
        section aria-labelledby="verdicts" {
            h2 #verdicts { "Last verdicts" span.count { (verdicts.len()) } }
            @if verdicts.is_empty() {
                p.empty { "No token has been sent yet." }
            } @else {
                ol.verdicts aria-labelledby="verdicts" {
                    @for verdict in verdicts { (kept(now, verdict)) }
                }
            }
        }
    };
    page(config, Page::Identity, &still, &live)
}

fn check_form(config: &Config, pasted: Option<&Judgement>) -> Markup {
    html! {
        section aria-labelledby="check" {
            h2 #check { "Have a token judged" }
            form.check method="post" action={ "/p/" (config.project) "/identity" } {
                label for="token" { "Token" }
                textarea #token name="token" rows="4" required spellcheck="false" autocomplete="off"
                    aria-describedby="token-note" {}
                p.note #token-note {
                    "It must be signed with this sandbox's secret and be for "
                    code { (config.audience) } ". It is not stored."
                }
                button type="submit" { "Judge" }
            }
            @if let Some(judgement) = pasted { (fresh(judgement)) }
        }
    }
}

/// The verdict on the pasted token.
fn fresh(judgement: &Judgement) -> Markup {
    let (code, message) = match &judgement.outcome {
        Ok(claims) => (None, claims.to_string()),
        Err(refusal) => (Some(refusal.code.as_str()), refusal.message.clone()),
    };
    html! {
        div.card.verdict role="status" data-testid="pasted-verdict" {
            (sentence(code, &message))
            (decoded(
                "pasted",
                judgement.header.as_ref(),
                judgement.claims.as_ref(),
                code.is_none(),
            ))
        }
    }
}

fn kept(now: i64, verdict: &Verdict) -> Markup {
    html! {
        li.card.verdict {
            (sentence(verdict.code.as_deref(), &verdict.message))
            p.meta {
                code { (verdict.method) " " (verdict.path) }
                @if let Some(id) = &verdict.token_id { span { "token " code { (id) } } }
                (ago(now, verdict.decided_at))
            }
            (decoded(
                &format!("verdict-{}", verdict.id),
                verdict.header.as_ref(),
                verdict.claims.as_ref(),
                verdict.accepted,
            ))
        }
    }
}

fn sentence(code: Option<&str>, message: &str) -> Markup {
    html! {
        p.sentence {
            @match code {
                None => span.tag.accepted { "accepted" },
                Some(code) => span.tag.refused { (code) },
            }
            span dir="auto" { (message) }
        }
    }
}

/// The token's contents as sent. Of a refused token nothing can be trusted, and the page says so.
fn decoded(id: &str, header: Option<&Value>, claims: Option<&Value>, trusted: bool) -> Markup {
    let parts = [("Header", header), ("Claims", claims)];
    html! {
        @if header.is_some() {
            details id=(id) {
                summary {
                    @if trusted {
                        "Header and claims"
                    } @else {
                        "Header and claims, as sent: not to be trusted"
                    }
                }
                @for (name, value) in parts {
                    @if let Some(value) = value {
                        h3 { (name) }
                        pre tabindex="0" dir="auto" { code { (format!("{value:#}")) } }
                    }
                }
            }
        }
    }
}
