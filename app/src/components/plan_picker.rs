//! Another plan: the demo's stand-in for a checkout.

use leptos::{ev::Event, prelude::*, task::spawn_local};
use reqio_identity::Interval;
use web_sys::HtmlSelectElement;

use super::{Visit, flag, text};
use crate::{ErrorCode, Plan, User, change_plan, money::charge};

const OFFERS: [(Plan, Interval); 5] = [
    (Plan::Free, Interval::Month),
    (Plan::Pro, Interval::Month),
    (Plan::Pro, Interval::Year),
    (Plan::Scale, Interval::Month),
    (Plan::Scale, Interval::Year),
];

/// Every offer, with the current one chosen. Choosing another brings a token that says so at once.
#[component]
pub(crate) fn PlanPicker() -> impl IntoView {
    let visit = Visit::get();
    let current = move || {
        visit
            .user
            .with(|user| user.as_ref().map(number).unwrap_or_default())
    };
    let choose = move |event: Event| {
        let select = event_target::<HtmlSelectElement>(&event);
        let chosen = usize::try_from(select.selected_index()).ok();
        let Some((plan, interval)) = chosen.and_then(|number| OFFERS.get(number)) else {
            return;
        };
        visit.attempt.error.set(String::new());
        spawn_local(async move {
            match change_plan(*plan, *interval).await {
                Ok(user) => visit.plan_changed(user),
                Err(failed) => {
                    if failed.code == ErrorCode::Unauthorized {
                        visit.identity.session_may_have_changed();
                    }
                    visit.attempt.error.set(failed.message);
                    // What is chosen on the page is what the server has, not what was wished for.
                    select.set_value(&untrack(current));
                }
            }
        });
    };
    let option = |(number, (plan, interval)): (usize, (Plan, Interval))| {
        let label = format!(
            "{}, {}",
            plan.as_str(),
            charge(plan.price(interval), interval)
        );
        view! { <option value=number.to_string()>{label}</option> }
    };
    // Where users are real, a plan is paid for.
    let not_sandbox = flag(move || !visit.is_sandbox());
    view! {
        <label for="plan" hidden=not_sandbox>
            "Plan"
        </label>
        <select id="plan" hidden=not_sandbox on:change=choose prop:value=text(current)>
            {OFFERS.into_iter().enumerate().map(option).collect_view()}
        </select>
    }
}

/// Which offer a user has, as the value of its option.
fn number(user: &User) -> String {
    let offer = OFFERS
        .iter()
        .position(|(plan, interval)| user.plan == plan.as_str() && user.interval == *interval);
    offer.map(|number| number.to_string()).unwrap_or_default()
}
