//! What a configuration takes from the variables, and how it refuses.

use std::{env::VarError, ffi::OsString};

use super::{Configuration, ConfigurationError};

const PROJECT: (&str, &str) = ("REQIO_PROJECT_ID", "acme");
const SECRET: (&str, &str) = ("REQIO_SECRET", "a-signing-secret-of-32-bytes-or-more");

fn read(variables: &[(&str, &str)]) -> Result<Configuration, ConfigurationError> {
    Configuration::from_variables(|name| {
        let found = variables.iter().find(|(variable, _)| *variable == name)?;
        Some(found.1.to_owned())
    })
}

#[test]
fn a_project_and_its_secret_are_all_that_is_needed() {
    let audience = ("REQIO_AUDIENCE", "https://reqio.app/p/acme");
    let both = [PROJECT, audience, SECRET];
    for variables in [&[PROJECT, SECRET][..], &[audience, SECRET], &both] {
        let configuration = read(variables).unwrap();
        assert_eq!(
            configuration.audience.to_string(),
            "https://reqio.app/p/acme"
        );
        assert_eq!(configuration.script.project_id.as_str(), "acme");
        assert_eq!(configuration.script.url(), "https://reqio.app/widget.js");
        assert_eq!(configuration.minter().audience(), &configuration.audience);
    }
}

#[test]
fn the_script_may_come_from_somewhere_else() {
    let url = "http://localhost:3001/widget.js";
    let configuration = read(&[PROJECT, SECRET, ("REQIO_WIDGET_URL", url)]).unwrap();
    assert_eq!(configuration.script.url(), url);
}

#[test]
fn the_variable_that_is_missing_or_wrong_is_named_in_one_line_that_shows_no_secret() {
    let placeholder = "the-secret-exactly-as-reqio-shows-it";
    let cases: [(&[(&str, &str)], &str); 9] = [
        (&[SECRET], "REQIO_PROJECT_ID is not set"),
        (
            &[SECRET, ("REQIO_PROJECT_ID", "")],
            "REQIO_PROJECT_ID is not set",
        ),
        (
            &[SECRET, ("REQIO_PROJECT_ID", "a/b")],
            "REQIO_PROJECT_ID cannot be one: a project id has",
        ),
        (&[PROJECT], "REQIO_SECRET is not set"),
        (
            &[PROJECT, ("REQIO_SECRET", "hush")],
            "REQIO_SECRET is too short: a signing secret has at least 32 bytes",
        ),
        (
            &[PROJECT, ("REQIO_SECRET", placeholder)],
            "REQIO_SECRET is one that everybody knows",
        ),
        (
            &[PROJECT, SECRET, ("REQIO_AUDIENCE", "other")],
            "REQIO_AUDIENCE does not end in the project id acme",
        ),
        (
            &[PROJECT, SECRET, ("REQIO_AUDIENCE", "a b")],
            "REQIO_AUDIENCE cannot be one: an audience is",
        ),
        (
            &[PROJECT, SECRET, ("REQIO_WIDGET_URL", "http://a.test")],
            "REQIO_WIDGET_URL must be an https URL",
        ),
    ];
    for (variables, expected) in cases {
        let refused = read(variables).unwrap_err();
        let line = refused.to_string();
        assert!(line.starts_with(expected) && !line.contains('\n'), "{line}");
        assert!(
            line.ends_with(&format!("{}={}", refused.variable, refused.example)),
            "{line}"
        );
        assert!(!line.contains("hush"), "{line}");
        assert_eq!(format!("{refused:?}"), line, "what `main` shows");
    }
}

#[test]
fn a_secret_that_is_no_text_is_refused_and_not_read_as_another() {
    let refused = Configuration::read(|name| match name {
        "REQIO_SECRET" => Err(VarError::NotUnicode(OsString::from("hush"))),
        "REQIO_PROJECT_ID" => Ok("acme".to_owned()),
        _ => Err(VarError::NotPresent),
    })
    .unwrap_err();
    let line = refused.to_string();
    assert!(line.starts_with("REQIO_SECRET is not UTF-8"), "{line}");
    assert!(!line.contains("hush"), "{line}");
}
