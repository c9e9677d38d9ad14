//! What every page has around it, and the small parts they share.

use std::time::{Duration, UNIX_EPOCH};

use maud::{DOCTYPE, Markup, html};

use crate::{Cents, Config};

/// The two pages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Backlog,
    Identity,
}

/// A whole page. `live` is what is fetched anew when something changes; `still` stays as it is.
pub(super) fn page(config: &Config, page: Page, still: &Markup, live: &Markup) -> Markup {
    let project = config.project.as_str();
    let title = match page {
        Page::Backlog => "Backlog",
        Page::Identity => "Identity",
    };
    let home = format!("/p/{project}");
    let current = |this| (page == this).then_some("page");
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · " (project) " · Reqio sandbox" }
                link rel="icon" href="/assets/icon.svg";
                link rel="stylesheet" href="/assets/sandbox.css";
                script src="/assets/live.js" defer data-events={ (home) "/events" } {}
            }
            body {
                a.skip href="#content" { "Skip to content" }
                header.bar {
                    div.inner {
                        p.name { "Reqio sandbox" span.project { (project) } }
                        nav aria-label="Pages" {
                            a href=(home) aria-current=[current(Page::Backlog)] { "Backlog" }
                            a
                                href={ (home) "/identity" }
                                aria-current=[current(Page::Identity)] { "Identity" }
                        }
                    }
                }
                main #content {
                    h1 { (title) }
                    (still)
                    div #live { (live) }
                }
                footer {
                    p {
                        strong { "A local stand-in, not Reqio. " }
                        "Built from Reqio's public documentation. Its own choices where that is \
                         silent: the names of headers, "
                        "the answers of the widget's API, " (crate::token::CLOCK_LEEWAY)
                        " s of clock leeway, refusing tokens over " (crate::token::LONGEST_LIFETIME)
                        " s, rounding a twelfth to the nearest cent, and never merging what "
                        "someone did anonymously into their account."
                    }
                }
            }
        }
    }
}

/// An amount, with the whole cents behind it for those who look closer.
pub(super) fn money(cents: Cents) -> Markup {
    html! { span.money title={ (cents.0) " cents" } { (cents) } }
}

/// Where the notation of RFC 3339 ends, in seconds since 1970. A test can move the clock beyond it.
const YEAR_10000: u64 = 253_402_300_800;

/// How long ago something was.
pub(super) fn ago(now: i64, then: i64) -> Markup {
    let seconds = now.saturating_sub(then).max(0);
    let text = match seconds {
        0..=4 => "just now".to_owned(),
        5..=119 => format!("{seconds} s ago"),
        120..=7_199 => format!("{} min ago", seconds / 60),
        7_200..=172_799 => format!("{} h ago", seconds / 3_600),
        _ => format!("{} days ago", seconds / 86_400),
    };
    let exact = u64::try_from(then)
        .ok()
        .filter(|then| *then < YEAR_10000)
        .map(|then| UNIX_EPOCH + Duration::from_secs(then));
    let exact = exact.map(|exact| humantime::format_rfc3339_seconds(exact).to_string());
    html! { time datetime=[exact.as_deref()] title=[exact.as_deref()] { (text) } }
}
