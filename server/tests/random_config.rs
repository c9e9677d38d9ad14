//! Random values in every variable: a configuration, or one line that names the variable and shows
//! no secret. 256 cases, or as many as the variable `PROPTEST_CASES` says.

use proptest::option;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;
use proptest::test_runner::{Config as Cases, TestRunner};
use secrecy::{ExposeSecret, SecretString};
use server::config::{Config, Variables};

/// Nothing, something that could be right, or anything at all.
fn value(plausible: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    option::of(prop_oneof![
        select(plausible).prop_map(str::to_owned),
        (select(plausible), any::<String>()).prop_map(|(start, end)| start.to_owned() + &end),
        any::<String>(),
    ])
}

fn variables() -> impl Strategy<Value = Variables> {
    let secret = option::of(prop_oneof!["[!-~]{0,64}", any::<String>()]);
    let reqio = (
        value(&["acme", "https://reqio.app/p/acme"]),
        secret,
        value(&["https://reqio.app/p/acme", "acme"]),
        value(&[
            "https://reqio.app/widget.js",
            "http://localhost:1/widget.js",
            "https://",
            "javascript:",
        ]),
    );
    let own = (
        value(&["127.0.0.1:3000", "[::1]:0", "localhost:3000"]),
        value(&["127.0.0.1:3001", "0.0.0.0:65536"]),
        value(&[
            "http://localhost:3000",
            "https://example.com",
            "https://user:pass@example.com/x?y#z",
        ]),
        value(&[
            "sqlite://demo.db",
            "sqlite::memory:",
            "postgres://ada@localhost/accounts",
        ]),
        value(&["10", "0", "-1", "4294967296"]),
        value(&["http://localhost:3001", "https://sandbox.example.com"]),
        value(&["127.0.0.1", "::1"]),
    );
    (reqio, own).prop_map(|((project, secret, audience, widget), own)| {
        let (addr, sandbox, public, database, limit, reached, proxy) = own;
        let mut set = nothing();
        set.reqio_project_id = project;
        set.reqio_secret = secret.map(SecretString::from);
        set.reqio_audience = audience;
        set.reqio_widget_url = widget;
        set.addr = addr;
        set.sandbox_addr = sandbox;
        set.public_url = public;
        set.database_url = database;
        set.sign_in_limit = limit;
        set.sandbox_public_url = reached;
        set.trusted_proxy = proxy;
        set
    })
}

/// The environment before anything is set.
fn nothing() -> Variables {
    Variables::default()
}

#[test]
fn random_values_make_a_configuration_or_one_line_that_shows_no_secret() {
    TestRunner::new(Cases {
        failure_persistence: None,
        ..Cases::default()
    })
    .run(&variables(), |variables| {
        let secret = variables.reqio_secret.clone();
        let shown = match Config::new(variables) {
            Ok(config) => format!("{config:?}"),
            Err(problem) => {
                let line = problem.to_string();
                assert!(
                    !line.chars().any(char::is_control),
                    "more than a line: {line:?}"
                );
                line
            }
        };
        // A shorter one could stand in a sentence by chance.
        if let Some(secret) = secret.filter(|secret| secret.expose_secret().len() >= 12) {
            assert!(!shown.contains(secret.expose_secret()), "{shown}");
        }
        Ok(())
    })
    .unwrap();
}
