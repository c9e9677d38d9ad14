//! Steps that take a while, with a word on how far one is and how long it will be.

use std::time::Duration;

use crate::failure::Failure;

/// Something to be done, and how long that takes on two cores.
pub(crate) struct Step<'a> {
    pub(crate) what: String,
    pub(crate) expected: Duration,
    pub(crate) work: Box<dyn FnOnce() -> Result<(), Failure> + 'a>,
}

/// Does one after the other and stops at the first that fails.
pub(crate) fn run_all(steps: Vec<Step<'_>>) -> Result<(), Failure> {
    let of = steps.len();
    let mut left: Duration = steps.iter().map(|step| step.expected).sum();
    for (number, step) in (1..).zip(steps) {
        println!("\n{}", announcement(number, of, &step, left));
        left = left.saturating_sub(step.expected);
        (step.work)()?;
    }
    Ok(())
}

fn announcement(number: usize, of: usize, step: &Step<'_>, left: Duration) -> String {
    let [this, all] = [step.expected, left].map(roughly);
    let rest = if number < of {
        format!(", {all} until the last is done")
    } else {
        String::new()
    };
    format!("[{number} of {of}] {}: {this}{rest}", step.what)
}

/// A time on two cores in words, no more exact than it can be known.
fn roughly(time: Duration) -> String {
    match time.as_secs() {
        0..=20 => "some seconds".to_owned(),
        seconds @ 21..=90 => format!("about {} seconds", seconds.next_multiple_of(10)),
        seconds => format!("about {} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(what: &str, seconds: u64) -> Step<'_> {
        Step {
            what: what.to_owned(),
            expected: Duration::from_secs(seconds),
            work: Box::new(|| Ok(())),
        }
    }

    #[test]
    fn a_step_says_which_it_is_and_how_long_all_of_it_takes() {
        let left = Duration::from_secs(200);
        assert_eq!(
            announcement(1, 2, &step("building the page", 45), left),
            "[1 of 2] building the page: about 50 seconds, about 4 minutes until the last is done"
        );
        assert_eq!(
            announcement(2, 2, &step("building the server", 3), left),
            "[2 of 2] building the server: some seconds"
        );
    }

    #[test]
    fn nothing_is_done_after_a_step_that_failed() {
        let mut done = Vec::new();
        let mut failing = step("failing", 0);
        failing.work = Box::new(|| Err(Failure::Other("it failed".into())));
        let mut after = step("after", 0);
        after.work = Box::new(|| {
            done.push("after");
            Ok(())
        });
        assert!(run_all(vec![failing, after]).is_err());
        assert!(done.is_empty());
    }
}
