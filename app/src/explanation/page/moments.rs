//! What has happened since the page loaded: the six steps of a sign-in, and what lies between them.

use std::time::Duration;

/// How many moments are kept: hours of an open tab.
const KEPT: usize = 500;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Browser,
    Server,
    Reqio,
}

impl Place {
    pub(crate) const ALL: [Self; 3] = [Self::Browser, Self::Server, Self::Reqio];

    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Server => "server",
            Self::Reqio => "reqio",
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// How long the page had been there.
    pub(crate) at: Duration,
    /// Who did it.
    pub(crate) place: Place,
    /// Which step of a sign-in it was, from 1 to 6; 0 for none.
    pub(crate) step: usize,
    /// What went over the wire, with any token redacted; or what happened, in words.
    pub(crate) text: String,
}

/// All moments, the oldest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moments(Vec<Moment>);

impl Moments {
    pub(super) fn add(&mut self, moment: Moment) {
        if self.0.len() == KEPT {
            self.0.remove(0);
        }
        self.0.push(moment);
    }

    /// A step of the latest sign-in, if it has come to that.
    pub(super) fn step(&self, number: usize) -> Option<&Moment> {
        let first = self.0.iter().rposition(|moment| moment.step == 1);
        let latest = self.0.iter().skip(first.unwrap_or(0));
        latest.rev().find(|moment| moment.step == number)
    }

    /// How many milliseconds a step came after the one before it. How long the visitor took to come
    /// to the page's next question says nothing.
    pub(super) fn took(&self, number: usize) -> Option<u64> {
        if number == 3 {
            return None;
        }
        let (step, before) = (self.step(number)?, self.step(number - 1)?);
        step.at.checked_sub(before.at).map(whole_milliseconds)
    }

    /// The step that was taken last.
    pub(super) fn latest_step(&self) -> usize {
        let steps = self.0.iter().rev().map(|moment| moment.step);
        { steps }.find(|step| *step != 0).unwrap_or(0)
    }

    /// One line for each moment of `place`, or of all of them: when, who, what.
    pub(super) fn lines(&self, place: &str) -> String {
        self.0
            .iter()
            .filter(|moment| place.is_empty() || moment.place.as_str() == place)
            .map(|moment| {
                let (at, place) = (whole_milliseconds(moment.at), moment.place.as_str());
                format!("{at} ms\t{place}\t{}\n", moment.text)
            })
            .collect()
    }
}

/// As `u64`: nobody's tab is open for longer, and 128 bits have to be written by code of their own.
fn whole_milliseconds(duration: Duration) -> u64 {
    duration.as_secs() * 1_000 + u64::from(duration.subsec_millis())
}
