//! The command line: `server`, `server check`, `server token`.

use std::io::IsTerminal as _;

use accounts::{Accounts, EmailAddress};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::{Parser, Subcommand};
use reqio_identity::Subject;
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;

use crate::{
    Server,
    config::{Config, Variables},
    doctor, file_descriptors, file_mode,
};

/// Serves the demo app, with the local sandbox unless a Reqio project is set up.
#[derive(Debug, Parser)]
#[command(version, about)]
struct CommandLine {
    #[command(flatten)]
    variables: Variables,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Says whether this configuration would work, item by item, and how to mend what would not.
    Check,
    /// Prints a token of one user and its claims, as the browser would get it.
    Token {
        /// The user's email.
        #[arg(long)]
        email: String,
    },
}

/// Reads the command line and does what it says.
///
/// # Errors
/// One line for the person at the terminal.
pub async fn run() -> Result<(), String> {
    file_mode::keep_to_the_owner();
    read_dot_env()?;
    if let Some(variable) = Variables::not_text() {
        return Err(format!(
            "{variable} is no text: it has bytes that are not UTF-8"
        ));
    }
    let CommandLine { variables, command } = CommandLine::parse();
    let variables = variables.completed();
    let secret = variables.reqio_secret.clone();
    let config = Config::new(variables).map_err(|problem| problem.to_string())?;
    match command {
        None => serve(config).await,
        Some(Command::Check) => check(&config, secret.as_ref()).await,
        Some(Command::Token { email }) => token(&config, &email).await,
    }
}

/// Only the one in this very folder: the folders above may be somebody else's.
fn read_dot_env() -> Result<(), String> {
    match dotenvy::from_path(".env") {
        Ok(()) => Ok(()),
        Err(error) if error.not_found() => Ok(()),
        Err(dotenvy::Error::LineParse(_, position)) => Err(format!(
            ".env cannot be read: the line with a mistake has one at character {position}"
        )),
        Err(error) => Err(format!(".env cannot be read: {error}")),
    }
}

async fn serve(config: Config) -> Result<(), String> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colors = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colors);
    // Else a log that cannot be written, say for a full disk, makes every request panic.
    log.log_internal_errors(false).init();
    // Before anyone is told that it serves: from here on, asking it to stop makes it stop in good
    // order.
    let stop = stop_signal().map_err(|error| format!("signals cannot be heard: {error}"))?;
    file_descriptors::ask_for_enough();
    if let Some(warning) = config.public_url.warning() {
        tracing::warn!("PUBLIC_URL: {warning}");
    }
    let server = Server::start(config)
        .await
        .map_err(|error| error.to_string())?;
    // With port 0 only the system knows the port.
    tracing::info!(
        "listening on {}",
        server.local_addr().map_err(|error| error.to_string())?
    );
    println!("{}", server.announcement());
    server.run_until(stop).await;
    Ok(())
}

async fn check(config: &Config, secret: Option<&SecretString>) -> Result<(), String> {
    let findings = doctor::examine(config, secret).await;
    findings.iter().for_each(|finding| println!("{finding}"));
    let failures = findings
        .iter()
        .filter(|finding| finding.is_failure())
        .count();
    if failures == 0 {
        Ok(())
    } else {
        Err(format!("{failures} of {} items failed", findings.len()))
    }
}

async fn token(config: &Config, email: &str) -> Result<(), String> {
    let email: EmailAddress = email.parse().map_err(|error| format!("--email: {error}"))?;
    let url = &config.database.url;
    let accounts = Accounts::open_to_read(&config.database, config.reqio.demo_customers())
        .await
        .map_err(|error| format!("DATABASE_URL: cannot use {url}: {error}"))?;
    let user = accounts
        .find(&email)
        .await
        .map_err(|error| error.to_string())?;
    let user = user.ok_or_else(|| format!("{url} has no user {email}"))?;
    let token = config
        .reqio
        .minter()
        .mint(&Subject::from(&user))
        .map_err(|error| error.to_string())?
        .token;
    println!("{}", token.as_str());
    println!(
        "{}",
        claims(token.as_str()).ok_or("the token just minted cannot be read")?
    );
    Ok(())
}

/// The claims in `token`, laid out to be read.
fn claims(token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    serde_json::to_string_pretty(&claims).ok()
}

/// Ends at Ctrl-C, or when the system asks the process to stop; listens for both from the call on.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    );
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

/// Ends at Ctrl-C; listens for it from the call on.
#[cfg(windows)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        let _ = interrupt.recv().await;
    })
}
