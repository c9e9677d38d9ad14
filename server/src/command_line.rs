//! The command line: `server`, `server check`, `server token`.

use std::{ffi::OsString, io::IsTerminal as _};

use accounts::{Accounts, EmailAddress};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::{Parser, Subcommand};
use reqio_identity::Subject;
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

use crate::{
    check,
    config::Config,
    options::{Options, Problem, Variables, parse},
    start::Server,
};

/// Serves the demo app, with the local sandbox unless a Reqio project is set up.
///
/// Reads `.env` in the current folder. A variable wins over `.env`, and an argument wins over both.
#[derive(Debug, Parser)]
#[command(version)]
struct CommandLine {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Says whether the server would work with this configuration, and what would not.
    Check,
    /// Prints a token of one user, as the browser would get it, and its claims.
    Token {
        /// The user's email.
        #[arg(long)]
        email: String,
    },
}

/// Reads the configuration and does what the arguments say. Starts no thread before it has read
/// everything.
///
/// # Errors
/// One line for the person at the terminal.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), String> {
    let variables = Variables::read()?;
    let (command, config, filter) =
        read(&variables, arguments).map_err(|problem| problem.to_string())?;
    let runtime = Runtime::new().map_err(|error| format!("no threads can be started: {error}"))?;
    match command {
        None => runtime.block_on(serve(config, filter)),
        Some(Command::Check) => runtime.block_on(check::run(&config)),
        Some(Command::Token { email }) => runtime.block_on(token(&config, &email)),
    }
}

/// What the arguments and variables say: what to do, the configuration, and `RUST_LOG`.
fn read(
    variables: &Variables,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<(Option<Command>, Config, &str), Problem> {
    let CommandLine { options, command } = parse(variables, arguments)?;
    let config = Config::new(options, variables)?;
    Ok((
        command,
        config,
        variables.text("RUST_LOG")?.unwrap_or("info"),
    ))
}

async fn serve(config: Config, filter: &str) -> Result<(), String> {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // Else every request panics while the log cannot be written, say for a full disk.
    log.log_internal_errors(false).init();
    // Before it says that it listens, so that from then on it stops in good order.
    let shutdown = shutdown().map_err(|error| format!("no signals can be received: {error}"))?;
    let warnings = check::warnings(&config);
    let server = Server::start(config)
        .await
        .map_err(|error| error.to_string())?;
    // Not earlier: a start that fails says why in one line.
    for warning in warnings {
        tracing::warn!("{warning}");
    }
    let addr = server.local_addr().map_err(|error| error.to_string())?;
    tracing::info!("listening on {addr}");
    println!("{}", server.announcement());
    server.run_until(shutdown).await;
    Ok(())
}

async fn token(config: &Config, email: &str) -> Result<(), String> {
    let email: EmailAddress = email.parse().map_err(|error| format!("--email: {error}"))?;
    let url = &config.options.database_url;
    let accounts = Accounts::open_read_only(url, config.reqio.mode())
        .await
        .map_err(|error| format!("DATABASE_URL: cannot use {url}: {error}"))?;
    let user = accounts
        .find(&email)
        .await
        .map_err(|error| error.to_string())?;
    let user = user.ok_or_else(|| format!("{url} has no user {email}"))?;
    let identity = config.reqio.minter().mint(&Subject::from(&user));
    let token = identity.map_err(|error| error.to_string())?.token;
    let claims = claims(token.as_str()).ok_or("the token just minted cannot be read")?;
    println!("{}\n{claims}", token.as_str());
    Ok(())
}

/// The claims in `token`, laid out to be read.
fn claims(token: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    serde_json::to_string_pretty(&claims).ok()
}

/// Ends at Ctrl-C, or when the system asks the process to stop. Listens from the call on.
fn shutdown() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let mut interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    #[cfg(windows)]
    let (mut terminate, mut interrupt) = (
        tokio::signal::windows::ctrl_shutdown()?,
        tokio::signal::windows::ctrl_c()?,
    );
    Ok(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    })
}
