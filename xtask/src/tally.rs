//! Counts tests by what the two test runners print in their own summaries.

use std::fmt;

/// How many tests ended in which way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    passed: u64,
    pub(crate) failed: u64,
    skipped: u64,
}

impl Tally {
    /// Adds a line if it is a summary: `test result: ok. 3 passed; 0 failed; 1 ignored; ..` or
    /// Playwright's `3 passed (2s)`.
    pub(crate) fn add(&mut self, line: &str) {
        let line = line.trim();
        let counts = line
            .strip_prefix("test result: ")
            .and_then(|rest| rest.split_once(". "));
        for count in counts.map_or(line, |(_verdict, counts)| counts).split("; ") {
            let Some((number, ending)) = count.split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse::<u64>() else {
                continue;
            };
            match ending.split(" (").next().unwrap_or(ending) {
                "passed" => self.passed += number,
                // What passed only when it was tried again has failed.
                "failed" | "flaky" | "interrupted" => self.failed += number,
                "ignored" | "skipped" | "did not run" => self.skipped += number,
                _ => {}
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(lines: &[&str]) -> Tally {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.add(line));
        tally
    }

    #[test]
    fn the_summaries_of_cargo_are_counted() {
        let lines = [
            "running 5 tests",
            "test result: ok. 3 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 4 filtered out; finished in 1.20s",
        ];
        assert_eq!(
            tally(&lines),
            Tally {
                passed: 4,
                failed: 1,
                skipped: 2
            }
        );
    }

    #[test]
    fn the_summary_of_playwright_is_counted() {
        let lines = [
            "Running 7 tests using 1 worker",
            "  1 failed",
            "  1 flaky",
            "  1 did not run",
            "  4 passed (12.3s)",
        ];
        assert_eq!(
            tally(&lines),
            Tally {
                passed: 4,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn other_lines_are_not_counted() {
        let lines = [
            "test a_token_2 ... ok",
            "4 passed through the door",
            "  ok 3 passed.spec.ts",
            "12",
            "",
        ];
        assert_eq!(tally(&lines), Tally::default());
    }

    #[test]
    fn skipped_tests_are_told_apart_from_passed_ones() {
        assert_eq!(tally(&["2 passed (1s)"]).to_string(), "2 passed, 0 failed");
        assert_eq!(
            tally(&["2 passed (1s)", "1 skipped"]).to_string(),
            "2 passed, 0 failed, 1 skipped"
        );
    }
}
