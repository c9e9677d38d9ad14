//! Every way this workspace is compiled, so that lints and tests cover all of them and nothing
//! else.
//!
//! Cargo would merge the features `csr` and `ssr` of `app` in a single invocation, hence package by
//! package.

use std::process::Command;

/// The target of the browser's half.
pub(crate) const BROWSER: &str = "wasm32-unknown-unknown";

/// One package with one set of features on one target.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub(crate) package: &'static str,
    features: &'static str,
    /// Compiled for the browser, where no test harness runs, instead of for this machine.
    pub(crate) browser: bool,
}

/// Leaves first, so that the first failure is the one nearest to its cause.
pub(crate) const UNITS: [Unit; 11] = [
    native("identity", ""),
    native("identity", "mint"),
    native("accounts", ""),
    native("lifecycle", ""),
    native("sandbox", ""),
    native("app", "ssr"),
    native("server", ""),
    native("guide", ""),
    native("xtask", ""),
    Unit {
        package: "app",
        features: "csr",
        browser: true,
    },
    Unit {
        package: "frontend",
        features: "",
        browser: true,
    },
];

const fn native(package: &'static str, features: &'static str) -> Unit {
    Unit {
        package,
        features,
        browser: false,
    }
}

impl Unit {
    /// `cargo <subcommand>` for exactly this unit, with the lockfile as it is.
    pub(crate) fn cargo(&self, subcommand: &str) -> Command {
        let mut command = Command::new("cargo");
        command.args([subcommand, "--locked", "--package", self.package]);
        if !self.features.is_empty() {
            command.args(["--features", self.features]);
        }
        if self.browser {
            command.args(["--target", BROWSER]);
        }
        command
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_of_the_workspace_is_compiled() {
        let manifest = include_str!("../../Cargo.toml");
        let members = manifest
            .lines()
            .find_map(|line| line.strip_prefix("members = "))
            .unwrap();
        let members: Vec<&str> = members.split('"').skip(1).step_by(2).collect();
        assert!(members.contains(&"xtask"), "{members:?}");
        for member in members {
            assert!(
                UNITS.iter().any(|unit| unit.package == member),
                "{member} is neither linted nor tested"
            );
        }
    }

    #[test]
    fn the_two_halves_of_app_never_meet_in_one_command() {
        let shown: Vec<String> = UNITS
            .iter()
            .map(|unit| format!("{:?}", unit.cargo("clippy")))
            .collect();
        assert!(shown.iter().any(|command| command.contains("ssr")));
        assert!(
            shown
                .iter()
                .any(|command| command.contains("csr") && command.contains(BROWSER))
        );
        assert!(
            !shown
                .iter()
                .any(|command| command.contains("ssr") && command.contains("csr"))
        );
    }
}
