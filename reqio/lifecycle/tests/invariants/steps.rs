//! What a browser, a server and a visitor can do next.

use proptest::prelude::*;
use reqio_lifecycle::{Notice, WidgetProblem};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Start,
    Rendered(u8),
    TagFound,
    SignIn(u8),
    SignOut,
    SignedOut,
    ChangePlan,
    Answer {
        which: prop::sample::Index,
        outcome: Outcome,
    },
    Doubt,
    Restored,
    HeardOfSession(Option<u8>),
    HeardOfTraits,
    WidgetReady,
    WidgetLost(WidgetProblem),
    WidgetWanted,
    Timer,
    Woke,
    /// Time passes, and the timer runs out when it is due.
    Wait(u64),
    /// Time passes, and nothing in the tab notices.
    Sleep(u64),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    Nobody,
    /// A token for this user that lives so many seconds.
    User(u8, u64),
    /// A token made before the one held.
    Older(u8),
    /// The token held, once more.
    TheSame,
    Refused,
    Failed(Option<u64>),
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        1 => Just(Outcome::Nobody),
        6 => (0..2_u8).prop_map(|user| Outcome::User(user, 300)),
        2 => (0..2_u8, 0..900_u64).prop_map(|(user, lifetime)| Outcome::User(user, lifetime)),
        2 => (0..2_u8).prop_map(Outcome::Older),
        1 => Just(Outcome::TheSame),
        1 => Just(Outcome::Refused),
        3 => prop::option::of(0..1_000_u64).prop_map(Outcome::Failed),
    ]
}

/// How a page begins, and what the page before it was left with.
pub(crate) fn start() -> impl Strategy<Value = (Option<Notice>, Step)> {
    let notice = prop_oneof![
        3 => Just(None),
        1 => Just(Some(Notice::OtherUser)),
        1 => Just(Some(Notice::SignedOutElsewhere)),
    ];
    let start = prop_oneof![
        6 => Just(Step::Start),
        2 => (0..2_u8).prop_map(Step::Rendered),
        1 => (0..2_u8).prop_map(Step::SignIn),
        1 => Just(Step::SignedOut),
    ];
    (notice, start)
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    let answer = (any::<prop::sample::Index>(), outcome());
    let problem = prop_oneof![
        Just(WidgetProblem::Blocked),
        Just(WidgetProblem::Stub),
        Just(WidgetProblem::Refused),
    ];
    prop_oneof![
        24 => answer.prop_map(|(which, outcome)| Step::Answer { which, outcome }),
        6 => (0..2_u8).prop_map(Step::SignIn),
        2 => Just(Step::SignOut),
        1 => Just(Step::SignedOut),
        3 => Just(Step::ChangePlan),
        3 => Just(Step::Doubt),
        1 => Just(Step::Restored),
        2 => prop::option::of(0..2_u8).prop_map(Step::HeardOfSession),
        2 => Just(Step::HeardOfTraits),
        1 => Just(Step::TagFound),
        1 => (0..2_u8).prop_map(Step::Rendered),
        6 => Just(Step::WidgetReady),
        4 => problem.prop_map(Step::WidgetLost),
        3 => Just(Step::WidgetWanted),
        6 => Just(Step::Timer),
        3 => Just(Step::Woke),
        12 => (0..400_u64).prop_map(Step::Wait),
        3 => (0..4_000_u64).prop_map(Step::Sleep),
    ]
}
