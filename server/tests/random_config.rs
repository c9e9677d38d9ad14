//! Random values in every variable: a configuration, or one line that names the variable and shows
//! no secret. 256 cases, or as many as the variable `PROPTEST_CASES` says.

use proptest::option;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config as Cases, TestRunner};
use server::config::Config;

/// Every variable, and values that could be right.
const VARIABLES: [(&str, &[&str]); 11] = [
    ("REQIO_PROJECT_ID", &["acme", "https://reqio.app/p/acme"]),
    ("REQIO_SECRET", &["a-signing-secret-of-more-than-32-bytes"]),
    ("REQIO_AUDIENCE", &["https://reqio.app/p/acme", "acme"]),
    (
        "REQIO_WIDGET_URL",
        &[
            "https://reqio.app/widget.js",
            "http://localhost:1/widget.js",
            "https://",
            "javascript:",
        ],
    ),
    ("ADDR", &["127.0.0.1:3000", "[::1]:0", "localhost:3000"]),
    ("SANDBOX_ADDR", &["127.0.0.1:3001", "0.0.0.0:65536"]),
    (
        "SANDBOX_PUBLIC_URL",
        &["http://localhost:3001", "https://sandbox.example.com"],
    ),
    (
        "PUBLIC_URL",
        &[
            "http://localhost:3000",
            "https://example.com",
            "https://user:pass@example.com/x?y#z",
        ],
    ),
    (
        "DATABASE_URL",
        &[
            "sqlite://demo.db",
            "sqlite::memory:",
            "postgres://ada@localhost/accounts",
        ],
    ),
    ("SIGN_IN_LIMIT", &["10", "0", "-1", "4294967296"]),
    ("TRUSTED_PROXY", &["127.0.0.1", "::1"]),
];

/// Nothing, something that could be right, or anything at all.
fn value(plausible: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    option::of(prop_oneof![
        select(plausible).prop_map(str::to_owned),
        (select(plausible), any::<String>()).prop_map(|(start, end)| start.to_owned() + &end),
        any::<String>(),
    ])
}

#[test]
fn random_values_make_a_configuration_or_one_line_that_shows_no_secret() {
    let values: Vec<_> = VARIABLES
        .iter()
        .map(|(_, plausible)| value(plausible))
        .collect();
    let cases = Cases {
        failure_persistence: None,
        ..Cases::default()
    };
    let check = |values: Vec<Option<String>>| {
        let secret = values[1].clone();
        let set = VARIABLES.iter().zip(values);
        let set = set.filter_map(|((name, _), value)| Some(((*name).to_owned(), value?)));
        let shown = match Config::from_variables(&set.collect()) {
            Ok(config) => format!("{config:?}"),
            Err(problem) => {
                let line = problem.to_string();
                assert!(
                    !line.chars().any(char::is_control),
                    "more than a line: {line:?}"
                );
                assert!(
                    VARIABLES.iter().any(|(name, _)| line.starts_with(name)),
                    "{line}"
                );
                line
            }
        };
        // A shorter one could be in a sentence by chance.
        if let Some(secret) = secret.filter(|secret| secret.len() >= 12) {
            assert!(!shown.contains(&secret), "{shown}");
        }
        Ok(())
    };
    TestRunner::new(cases).run(&values, check).unwrap();
}
