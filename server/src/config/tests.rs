//! What is refused before the server starts, and in which words.

use accounts::Mode;
use reqio_identity::ConfigurationError;

use super::Config;

const SECRET: &str = "a signing secret of more than 32 bytes";

fn config(variables: &[(&str, &str)]) -> Result<Config, ConfigurationError> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::from_variables(&variables.collect())
}

/// The configuration of a real project, and more.
fn real(more: &[(&str, &str)]) -> Result<Config, ConfigurationError> {
    config(
        &[
            &[("REQIO_PROJECT_ID", "acme"), ("REQIO_SECRET", SECRET)],
            more,
        ]
        .concat(),
    )
}

/// The line that says what is wrong.
#[track_caller]
fn problem(config: Result<Config, ConfigurationError>) -> String {
    let line = config.unwrap_err().to_string();
    assert!(
        !line.contains('\n') && !line.contains("hush-hush"),
        "{line}"
    );
    line
}

#[test]
fn a_value_that_cannot_be_used_is_named_with_what_is_wrong_and_an_example() {
    for (variable, value, line) in [
        (
            "ADDR",
            "hush-hush",
            "ADDR cannot be used: invalid socket address syntax. Example: ADDR=127.0.0.1:3000",
        ),
        (
            "PUBLIC_URL",
            "https://hush-hush.test/app",
            "PUBLIC_URL cannot be used: it has more than a scheme, a host and a port. \
             Example: PUBLIC_URL=https://app.example.com",
        ),
        (
            "SIGN_IN_LIMIT",
            "0",
            "SIGN_IN_LIMIT cannot be used: number would be zero for non-zero type. \
             Example: SIGN_IN_LIMIT=10",
        ),
        (
            "TRUSTED_PROXY",
            "hush-hush",
            "TRUSTED_PROXY cannot be used: invalid IP address syntax. \
             Example: TRUSTED_PROXY=127.0.0.1",
        ),
    ] {
        assert_eq!(problem(config(&[(variable, value)])), line);
    }
    let url = "mysql://ada:hush-hush@localhost/demo";
    let line = problem(config(&[("DATABASE_URL", url)]));
    assert!(line.starts_with("DATABASE_URL cannot be used: "), "{line}");
    assert!(
        line.ends_with(". Example: DATABASE_URL=sqlite://demo.db"),
        "{line}"
    );
    let line = problem(config(&[
        ("REQIO_PROJECT_ID", "acme"),
        ("REQIO_SECRET", "hush-hush"),
    ]));
    assert!(line.starts_with("REQIO_SECRET "), "{line}");
    assert!(
        line.contains("Example: REQIO_SECRET=the-secret-exactly-as-reqio-shows-it"),
        "{line}"
    );
}

#[test]
fn a_variable_that_is_set_to_nothing_is_not_set() {
    let empty = [
        "ADDR",
        "PUBLIC_URL",
        "DATABASE_URL",
        "SIGN_IN_LIMIT",
        "TRUSTED_PROXY",
        "REQIO_PROJECT_ID",
        "REQIO_SECRET",
    ];
    let config = config(&empty.map(|variable| (variable, ""))).unwrap();
    assert_eq!(config.options.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(config.options.public_url, None);
    assert_eq!(config.reqio.mode(), Mode::Sandbox);
}

#[test]
fn a_foreign_audience_is_refused() {
    for foreign in [
        "https://reqio.app/p/other",
        "https://example.com/p/acme",
        "acme2",
    ] {
        let line = problem(real(&[("REQIO_AUDIENCE", foreign)]));
        assert!(line.starts_with("REQIO_AUDIENCE "), "{line}");
    }
    assert!(real(&[("REQIO_AUDIENCE", "https://reqio.app/p/acme")]).is_ok());
}

#[test]
fn one_variable_alone_names_the_other() {
    for (set, missing) in [
        ("REQIO_PROJECT_ID", "REQIO_SECRET"),
        ("REQIO_SECRET", "REQIO_PROJECT_ID"),
        ("REQIO_AUDIENCE", "REQIO_PROJECT_ID"),
        ("REQIO_WIDGET_URL", "REQIO_PROJECT_ID"),
    ] {
        let line = problem(config(&[(set, "acme")]));
        let expected = format!("{missing} is missing, though {set} is set");
        assert!(line.starts_with(&expected), "{line}");
    }
}

#[test]
fn a_script_that_anybody_on_the_way_could_change_is_refused() {
    for url in [
        "http://reqio.app/widget.js",
        "//reqio.app/widget.js",
        "javascript:alert(1)",
    ] {
        assert!(real(&[("REQIO_WIDGET_URL", url)]).is_err(), "{url}");
    }
    assert!(real(&[("REQIO_WIDGET_URL", "http://localhost:3001/widget.js")]).is_ok());
}

#[test]
fn a_secret_that_everybody_knows_is_refused() {
    for known in [
        super::SANDBOX_SECRET,
        "the-secret-exactly-as-reqio-shows-it",
    ] {
        let line = problem(real(&[("REQIO_SECRET", known)]));
        assert!(line.contains("everybody knows"), "{line}");
    }
}

#[test]
fn white_space_around_the_secret_is_warned_of() {
    for secret in [
        format!("{SECRET}\n"),
        format!("{SECRET}\r"),
        format!(" {SECRET}"),
        format!("'{SECRET}'"),
        format!("\u{feff}{SECRET}"),
    ] {
        let config = real(&[("REQIO_SECRET", &secret)]).unwrap();
        let [warning] = &config.warnings[..] else {
            panic!("{:?}", config.warnings)
        };
        assert!(
            warning.starts_with("REQIO_SECRET begins or ends with white space"),
            "{warning}"
        );
        assert!(!warning.contains("signing"), "{warning}");
    }
    assert!(real(&[]).unwrap().warnings.is_empty());
}

#[test]
fn lost_variables_do_not_open_the_sandbox_to_strangers() {
    let https = ("PUBLIC_URL", "https://app.example.com");
    let proxy = ("TRUSTED_PROXY", "10.0.0.1");
    for (variables, open) in [
        (&[https, proxy][..], "PUBLIC_URL is https://app.example.com"),
        (
            &[("PUBLIC_URL", "http://192.0.2.1:3000")],
            "PUBLIC_URL is http://192.0.2.1:3000",
        ),
        (&[("ADDR", "0.0.0.0:3000")], "ADDR is 0.0.0.0:3000"),
        (&[("ADDR", "[::]:3000")], "ADDR is [::]:3000"),
        (
            &[("SANDBOX_ADDR", "0.0.0.0:3001")],
            "SANDBOX_ADDR is 0.0.0.0:3001",
        ),
    ] {
        let line = problem(config(variables));
        let start = "REQIO_PROJECT_ID and REQIO_SECRET are missing, though ";
        assert!(line.starts_with(&format!("{start}{open}")), "{line}");
        assert!(line.contains("SANDBOX_PUBLIC_URL"), "{line}");
        assert!(real(variables).is_ok());
    }
}

#[test]
fn a_sandbox_for_this_machine_or_one_that_is_asked_for_starts() {
    let sandbox = |url| ("SANDBOX_PUBLIC_URL", url);
    for variables in [
        &[][..],
        &[
            ("PUBLIC_URL", "https://localhost:3443"),
            ("TRUSTED_PROXY", "127.0.0.1"),
        ],
        &[
            ("PUBLIC_URL", "https://app.example.com"),
            ("TRUSTED_PROXY", "127.0.0.1"),
            sandbox("https://sandbox.example.com"),
        ],
        &[("ADDR", "0.0.0.0:3000"), sandbox("http://localhost:3001")],
    ] {
        assert_eq!(
            config(variables).unwrap().reqio.mode(),
            Mode::Sandbox,
            "{variables:?}"
        );
    }
    let line = problem(config(&[
        ("PUBLIC_URL", "https://app.example.com"),
        ("TRUSTED_PROXY", "127.0.0.1"),
        sandbox("http://localhost:3001"),
    ]));
    assert!(
        line.starts_with("SANDBOX_PUBLIC_URL is http://localhost:3001, where"),
        "{line}"
    );
}

#[test]
fn https_without_a_trusted_proxy_is_refused() {
    let https = ("PUBLIC_URL", "https://app.example.com");
    let line = problem(real(&[https]));
    assert!(line.starts_with("TRUSTED_PROXY is missing"), "{line}");
    assert!(real(&[https, ("TRUSTED_PROXY", "10.0.0.1")]).is_ok());
}
