//! The backlog as a team sees it: what is asked for, by whom, and what they pay a month.

use maud::{Markup, html};
use strum::VariantArray;

use super::layout::{Page, ago, money, page};
use crate::feature::Status;
use crate::store::{BacklogEntry, Voice};
use crate::{Cents, Config, Requester};

pub(crate) fn backlog(
    config: &Config,
    host: &str,
    now: i64,
    entries: &[BacklogEntry],
    requesters: &[Requester],
) -> Markup {
    let still = html! {
        p.lead {
            "Ordered by the monthly revenue of everyone behind each request, each person counted \
             once. "
            "Free and anonymous voices count as voices, not as revenue."
        }
    };
    let live = html! {
        section aria-labelledby="requests" {
            h2 #requests { "Requests" span.count { (entries.len()) } }
            @if entries.is_empty() {
                (empty(config, host))
            } @else {
                ol.backlog aria-labelledby="requests" {
                    @for item in entries { (entry(config, now, item)) }
                }
            }
        }
        section aria-labelledby="requesters" {
            h2 #requesters { "Requesters" span.count { (requesters.len()) } }
            @if requesters.is_empty() {
                p.empty {
                    "Nobody has been identified yet. "
                    "They appear with the first token that verifies."
                }
            } @else {
                (requester_table(now, requesters))
            }
        }
    };
    page(config, Page::Backlog, &still, &live)
}

/// Nothing filed yet: how to get the widget onto a page.
fn empty(config: &Config, host: &str) -> Markup {
    html! {
        div.empty {
            p { "Nothing has been filed yet. Put the widget on your page, and file something:" }
            pre tabindex="0" { code {
                "<script src=\"http://" (host) "/widget.js\""
                " data-project-id=\"" (config.project) "\" async></script>"
            } }
        }
    }
}

fn entry(config: &Config, now: i64, entry: &BacklogEntry) -> Markup {
    let title = format!("feature-{}", entry.id);
    html! {
        li.card id={ "entry-" (entry.id) } {
            div.worth {
                (money(entry.monthly_revenue))
                span.unit { "a month" }
                span.voices {
                    (entry.voices) @if entry.voices == 1 { " voice" } @else { " voices" }
                }
            }
            article.body aria-labelledby=(title) {
                h3 id=(title) dir="auto" { (entry.title) }
                p.meta {
                    span.tag { (entry.kind) }
                    @if !entry.kind.is_public() { span.tag.private { "Private" } }
                    span class={ "tag status " (entry.status.as_str()) } { (entry.status.label()) }
                    (ago(now, entry.created_at))
                }
                @if !entry.details.is_empty() { p.details dir="auto" { (entry.details) } }
                (who(entry))
                (status_form(config, entry))
            }
        }
    }
}

fn who(entry: &BacklogEntry) -> Markup {
    let named = i64::try_from(entry.who.len()).unwrap_or(i64::MAX);
    html! {
        ul.who aria-label="Who is behind it" {
            @for voice in &entry.who { li { (voice_name(voice)) } }
            @if entry.voices > named { li { "and " (entry.voices - named) " more" } }
        }
    }
}

fn voice_name(voice: &Voice) -> Markup {
    html! {
        @match &voice.id {
            Some(id) => span.person dir="auto" { (voice.email.as_ref().unwrap_or(id)) },
            None => span.person.anonymous { "anonymous" },
        }
        @if let Some(plan) = &voice.plan { " " span.plan dir="auto" { (plan) } }
        @if let Some(cents) = voice.monthly_amount.filter(|cents| *cents > Cents(0)) {
            " " (money(cents))
        }
    }
}

fn status_form(config: &Config, entry: &BacklogEntry) -> Markup {
    let select = format!("status-{}", entry.id);
    html! {
        form.status-form
            method="post"
            action={ "/p/" (config.project) "/features/" (entry.id) "/status" } {
            label for=(select) { "Status" }
            select id=(select) name="status" {
                @for status in Status::VARIANTS {
                    option value=(status.as_str()) selected[*status == entry.status] {
                        (status.label())
                    }
                }
            }
            button
                id={ "set-" (entry.id) }
                type="submit"
                aria-describedby={ "feature-" (entry.id) } { "Set" }
        }
    }
}

fn requester_table(now: i64, requesters: &[Requester]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-labelledby="requesters" {
            table {
                thead { tr {
                    th scope="col" { "Requester" }
                    th scope="col" { "Plan" }
                    th scope="col" .number { "As billed" }
                    th scope="col" .number { "A month" }
                    th scope="col" { "Last seen" }
                } }
                tbody { @for requester in requesters { (requester_row(now, requester)) } }
            }
        }
    }
}

fn requester_row(now: i64, requester: &Requester) -> Markup {
    html! {
        tr {
            th scope="row" {
                @if let Some(email) = &requester.email { span.person dir="auto" { (email) } }
                code.subject dir="auto" { (requester.id) }
            }
            td dir="auto" { (requester.plan.as_deref().unwrap_or("unknown")) }
            td.number {
                @match (requester.amount, requester.interval) {
                    (Some(cents), Some(interval)) => { (money(cents)) " a " (interval) },
                    _ => "unknown",
                }
            }
            td.number {
                @match requester.monthly_amount {
                    Some(cents) => (money(cents)),
                    None => "unknown",
                }
            }
            td { (ago(now, requester.last_seen_at)) }
        }
    }
}
