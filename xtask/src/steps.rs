//! Steps that take a while, with a word on how far one is and how long it will be.

use anyhow::Result;

/// Something to be done, and how long that takes on two cores.
pub(crate) struct Step<'a> {
    pub(crate) what: String,
    pub(crate) seconds: u64,
    pub(crate) work: Box<dyn FnOnce() -> Result<()> + 'a>,
}

/// Does one after the other and stops at the first that fails.
pub(crate) fn run_all(steps: Vec<Step<'_>>) -> Result<()> {
    let of = steps.len();
    let mut left: u64 = steps.iter().map(|step| step.seconds).sum();
    for (number, step) in (1..).zip(steps) {
        println!("\n{}", announcement(number, of, &step, left));
        left -= step.seconds;
        (step.work)()?;
    }
    Ok(())
}

fn announcement(number: usize, of: usize, step: &Step<'_>, left: u64) -> String {
    let [this, all] = [step.seconds, left].map(roughly);
    let rest = if number < of {
        format!(", {all} until the last is done")
    } else {
        String::new()
    };
    format!("[{number} of {of}] {}: {this}{rest}", step.what)
}

/// A time on two cores in words, no more exact than it can be known.
fn roughly(seconds: u64) -> String {
    match seconds {
        0..=20 => "some seconds".to_owned(),
        21..=90 => format!("about {} seconds", seconds.next_multiple_of(10)),
        _ => format!("about {} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn step(what: &str, seconds: u64) -> Step<'_> {
        Step {
            what: what.to_owned(),
            seconds,
            work: Box::new(|| Ok(())),
        }
    }

    #[test]
    fn a_step_says_which_it_is_and_how_long_all_of_it_takes() {
        assert_eq!(
            announcement(1, 2, &step("building the page", 45), 200),
            "[1 of 2] building the page: about 50 seconds, about 4 minutes until the last is done"
        );
        assert_eq!(
            announcement(2, 2, &step("building the server", 3), 200),
            "[2 of 2] building the server: some seconds"
        );
    }

    #[test]
    fn nothing_is_done_after_a_step_that_failed() {
        let mut done = Vec::new();
        let mut failing = step("failing", 0);
        failing.work = Box::new(|| bail!("it failed"));
        let mut after = step("after", 0);
        after.work = Box::new(|| {
            done.push("after");
            Ok(())
        });
        assert!(run_all(vec![failing, after]).is_err());
        assert!(done.is_empty());
    }
}
