//! What is refused before the server starts, and in which words.

use crate::config::{Config, Problem, Variables};

fn config(set: impl FnOnce(&mut Variables)) -> Result<Config, Problem> {
    let mut variables = Variables {
        reqio_project_id: Some("acme".to_owned()),
        reqio_secret: Some("x".repeat(32).into()),
        ..Variables::default()
    };
    set(&mut variables);
    Config::new(variables)
}

#[test]
fn a_foreign_audience_is_refused() {
    for foreign in [
        "https://reqio.app/p/other",
        "https://example.com/p/acme",
        "acme2",
    ] {
        let problem =
            config(|variables| variables.reqio_audience = Some(foreign.to_owned())).unwrap_err();
        assert!(
            problem.to_string().starts_with("REQIO_AUDIENCE "),
            "{problem}"
        );
    }
    assert!(
        config(|variables| variables.reqio_audience = Some("https://reqio.app/p/acme".to_owned()))
            .is_ok()
    );
}

#[test]
fn one_variable_alone_names_the_other() {
    let problem = config(|variables| variables.reqio_secret = None)
        .unwrap_err()
        .to_string();
    assert!(problem.starts_with("REQIO_SECRET is missing"), "{problem}");
    let problem = config(|variables| variables.reqio_project_id = None)
        .unwrap_err()
        .to_string();
    assert!(
        problem.starts_with("REQIO_PROJECT_ID is missing"),
        "{problem}"
    );
}

#[test]
fn a_script_that_anybody_on_the_way_could_change_is_refused() {
    for url in [
        "http://reqio.app/widget.js",
        "//reqio.app/widget.js",
        "javascript:alert(1)",
    ] {
        assert!(
            config(|variables| variables.reqio_widget_url = Some(url.to_owned())).is_err(),
            "{url} was taken"
        );
    }
    assert!(
        config(
            |variables| variables.reqio_widget_url = Some("http://localhost:3001/widget.js".into())
        )
        .is_ok()
    );
}

#[test]
fn a_secret_that_everybody_knows_is_refused() {
    for known in [super::SANDBOX_SECRET, super::EXAMPLE_SECRET] {
        let problem =
            config(|variables| variables.reqio_secret = Some(known.to_owned().into())).unwrap_err();
        assert!(problem.to_string().contains("everybody knows"), "{problem}");
    }
}

#[test]
fn every_problem_is_one_line_and_shows_no_secret() {
    let problem = config(|variables| variables.reqio_secret = Some("hush-hush".to_owned().into()))
        .unwrap_err();
    let line = problem.to_string();
    assert!(
        !line.contains('\n') && !line.contains("hush-hush"),
        "{line}"
    );
}

/// The configuration of somebody whose `REQIO_*` variables were lost.
fn lost(set: impl FnOnce(&mut Variables)) -> Result<Config, Problem> {
    let mut variables = Variables {
        trusted_proxy: Some("10.0.0.1".to_owned()),
        ..Variables::default()
    };
    set(&mut variables);
    Config::new(variables)
}

#[test]
fn a_lost_configuration_does_not_open_the_sandbox_to_strangers() {
    let refused = |set: fn(&mut Variables), open: &str| {
        let line = lost(set).unwrap_err().to_string();
        assert!(
            line.starts_with("REQIO_PROJECT_ID and REQIO_SECRET are missing, though ")
                && line.contains(open)
                && line.contains("SANDBOX_PUBLIC_URL"),
            "{line}"
        );
    };
    let https = |set: &mut Variables| set.public_url = Some("https://app.example.com".to_owned());
    refused(https, "PUBLIC_URL is https://app.example.com");
    let http = |set: &mut Variables| set.public_url = Some("http://192.0.2.1:3000".to_owned());
    refused(http, "PUBLIC_URL is http://192.0.2.1:3000");
    let every = |set: &mut Variables| set.addr = Some("0.0.0.0:3000".to_owned());
    refused(every, "ADDR is 0.0.0.0:3000");
    let every = |set: &mut Variables| set.addr = Some("[::]:3000".to_owned());
    refused(every, "ADDR is [::]:3000");
}

#[test]
fn this_machine_alone_or_a_word_that_others_may_come_lets_the_sandbox_start() {
    assert!(lost(|_| {}).is_ok());
    let local = |set: &mut Variables| set.public_url = Some("https://localhost:3443".to_owned());
    assert!(lost(local).is_ok());
    let meant = |set: &mut Variables| {
        set.addr = Some("0.0.0.0:3000".to_owned());
        set.public_url = Some("https://app.example.com".to_owned());
        set.sandbox_public_url = Some("https://sandbox.example.com".to_owned());
    };
    assert!(lost(meant).is_ok());
    let container = |set: &mut Variables| {
        set.addr = Some("0.0.0.0:3000".to_owned());
        set.sandbox_public_url = Some("http://localhost:3001".to_owned());
    };
    assert!(lost(container).is_ok());
    let wrong = |set: &mut Variables| set.sandbox_public_url = Some("sandbox".to_owned());
    let line = lost(wrong).unwrap_err().to_string();
    assert!(line.starts_with("SANDBOX_PUBLIC_URL "), "{line}");
}

#[test]
fn a_sandbox_that_visitors_would_look_for_on_their_own_machines_is_refused() {
    let example = |set: &mut Variables| {
        set.public_url = Some("https://app.example.com".to_owned());
        set.sandbox_public_url = Some("http://localhost:3001".to_owned());
    };
    let line = lost(example).unwrap_err().to_string();
    assert!(
        line.starts_with("SANDBOX_PUBLIC_URL is http://localhost:3001"),
        "{line}"
    );
}

#[test]
fn https_without_a_proxy_that_is_named_is_refused() {
    let https = |set: &mut Variables| set.public_url = Some("https://app.example.com".to_owned());
    let line = config(https).unwrap_err().to_string();
    assert!(line.starts_with("TRUSTED_PROXY is missing"), "{line}");
    let named = |set: &mut Variables| {
        https(set);
        set.trusted_proxy = Some("10.0.0.1".to_owned());
    };
    assert!(config(named).is_ok());
}
