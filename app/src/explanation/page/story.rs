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
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Server => "server",
            Self::Reqio => "reqio",
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
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
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Story {
    moments: Vec<Moment>,
}

impl Story {
    pub(super) fn add(&mut self, moment: Moment) {
        if self.moments.len() == KEPT {
            self.moments.remove(0);
        }
        self.moments.push(moment);
    }

    /// A step of the latest sign-in, if it has come to that.
    pub(crate) fn step(&self, number: usize) -> Option<&Moment> {
        let beginning = self
            .moments
            .iter()
            .rposition(|moment| moment.step == 1)
            .unwrap_or(0);
        self.moments
            .iter()
            .skip(beginning)
            .rfind(|moment| moment.step == number)
    }

    /// The step that was taken last.
    pub(crate) fn latest_step(&self) -> usize {
        self.moments
            .iter()
            .rev()
            .map(|moment| moment.step)
            .find(|step| *step > 0)
            .unwrap_or(0)
    }

    /// One line for each moment of `place`, or of all for the empty text: when, who, what.
    pub(crate) fn lines(&self, place: &str) -> String {
        let shown = self
            .moments
            .iter()
            .filter(|moment| place.is_empty() || moment.place.as_str() == place);
        shown
            .map(
                |Moment {
                     at, place, text, ..
                 }| {
                    format!(
                        "{} ms\t{}\t{text}\n",
                        whole_milliseconds(*at),
                        place.as_str()
                    )
                },
            )
            .collect()
    }
}

/// A duration as a number to show. The browser's half has no use for 128 bits, nor bytes to spare
/// for them.
pub(crate) fn whole_milliseconds(duration: Duration) -> u64 {
    duration.as_secs() * 1_000 + u64::from(duration.subsec_millis())
}
