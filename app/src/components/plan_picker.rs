//! Another plan: the demo's stand-in for a checkout.

use leptos::{html, prelude::*};
use reqio_identity::Interval;
use reqio_leptos::use_reqio;

use super::{Complaint, Visit};
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
    let (visit, reqio) = (Visit::get(), use_reqio());
    let select = NodeRef::<html::Select>::new();
    let current = Memo::new(move |_| {
        let user = visit.user.get();
        user.as_ref().map(number).unwrap_or_default()
    });
    let change = Action::new(|(plan, interval): &(Plan, Interval)| change_plan(*plan, *interval));
    let choose = move |_| {
        let chosen = select
            .get()
            .and_then(|select| usize::try_from(select.selected_index()).ok());
        if let Some(offer) = chosen.and_then(|number| OFFERS.get(number)) {
            change.dispatch(*offer);
        }
    };
    Effect::new(move |_| match change.value().get() {
        Some(Ok(user)) => visit.plan_changed(user),
        Some(Err(error)) => {
            if error.code == ErrorCode::Unauthorized {
                reqio.session_may_have_changed();
            }
            // What is chosen on the page is what the server has, not what was wished for.
            if let Some(select) = select.get_untracked() {
                select.set_value(&current.get_untracked());
            }
        }
        None => {}
    });
    let error = Signal::derive(move || change.value().get()?.err());
    view! {
        <div class="form">
            <label for="plan">"Plan"</label>
            <select
                id="plan"
                node_ref=select
                on:change=choose
                prop:value=current
                aria-describedby="plan-problem"
            >
                {OFFERS.map(|offer| view! { <Offer offer /> }).into_iter().collect_view()}
            </select>
            <Complaint id="plan-problem" error />
        </div>
    }
}

/// One of them.
#[component]
fn Offer(offer: (Plan, Interval)) -> impl IntoView {
    let (plan, interval) = offer;
    let price = charge(plan.price(interval), interval);
    view! { <option value=position(plan.as_str(), interval)>{plan.as_str()} ", " {price}</option> }
}

/// Which offer a user has, as the value of its option.
fn number(user: &User) -> String {
    position(&user.plan, user.interval)
}

fn position(plan: &str, interval: Interval) -> String {
    let offer = OFFERS
        .iter()
        .position(|(offered, per)| offered.as_str() == plan && *per == interval);
    offer.map(|number| number.to_string()).unwrap_or_default()
}
