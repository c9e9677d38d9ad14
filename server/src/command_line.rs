//! The command line: `server`, `server check`, `server token`.

use std::{ffi::OsString, io::IsTerminal as _};

use accounts::{Accounts, EmailAddress};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use clap::{Parser, Subcommand};
use reqio_identity::Subject;
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

use crate::{
    config::Config,
    dist::{self, INDEX},
    options::{Options, parse, variables},
    start::{Server, StartError},
};

/// Serves the demo app, with the local sandbox unless a Reqio project is set up.
///
/// Each option is also a variable, in the environment or in `.env` in the current folder: --addr is
/// ADDR. An option wins over the environment, which wins over `.env`.
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

/// Does what the arguments say. Reads them, `.env` and the environment before it starts a thread.
///
/// # Errors
/// One line for the person at the terminal.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<(), StartError> {
    let variables = variables()?;
    let CommandLine { options, command } = parse(&variables, arguments)?;
    let config = Config::new(options, &variables)?;
    let filter = variables.get("RUST_LOG").map_or("info", String::as_str);
    let runtime = Runtime::new()?;
    match command {
        None => runtime.block_on(serve(config, filter)),
        Some(Command::Check) => runtime.block_on(check(&config)),
        Some(Command::Token { email }) => runtime.block_on(token(&config, &email)),
    }
}

async fn serve(config: Config, filter: &str) -> Result<(), StartError> {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    // Else every request panics while the log cannot be written, say for a full disk.
    log.log_internal_errors(false).init();
    // Before it says that it listens, so that from then on it stops in good order.
    let shutdown = shutdown()?;
    let warnings = warnings(&config);
    let server = Server::start(config).await?;
    // Not earlier: a start that fails says why in one line.
    for warning in warnings {
        tracing::warn!("{warning}");
    }
    tracing::info!("listening on {}", server.addr);
    println!("{}", server.announcement());
    server.run_until(shutdown).await;
    Ok(())
}

async fn check(config: &Config) -> Result<(), StartError> {
    let (minter, audience) = config.reqio.minter();
    let token = minter.mint(&Subject::new("check"));
    let url = &config.options.database_url;
    let database = Accounts::check(url).await;
    match &database {
        Ok(()) => println!("ok       DATABASE_URL: {url}"),
        Err(error) => println!("failed   {}", config.cannot_use(error)),
    }
    match &token {
        Ok(_) => println!("ok       a token was minted for {audience}"),
        Err(error) => println!("failed   no token can be minted: {error}"),
    }
    for warning in warnings(config) {
        println!("warning  {warning}");
    }
    if database.is_err() || token.is_err() {
        return Err("the server would not work with this configuration".into());
    }
    Ok(())
}

fn warnings(config: &Config) -> Vec<String> {
    let not_built = "the page is not built: run `cargo xtask build`. A debug build of the server \
                     finds it only in the repository's root";
    let not_built = (!dist::files().contains_key(INDEX)).then(|| not_built.to_owned());
    config.warnings.iter().cloned().chain(not_built).collect()
}

async fn token(config: &Config, email: &str) -> Result<(), StartError> {
    let email: EmailAddress = email.parse().map_err(|error| format!("--email: {error}"))?;
    let url = &config.options.database_url;
    let accounts = Accounts::open_read_only(url, config.reqio.mode()).await;
    let accounts = accounts.map_err(|error| config.cannot_use(&error))?;
    let user = accounts.find(&email).await?;
    let user = user.ok_or_else(|| format!("{url} has no user {email}"))?;
    let (minter, _) = config.reqio.minter();
    let token = minter.mint(&Subject::from(&user))?.token;
    let payload = token.as_str().split('.').nth(1).unwrap_or_default();
    let claims: serde_json::Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload)?)?;
    println!("{}\n{claims:#}", token.as_str());
    Ok(())
}

/// Ends at Ctrl-C, or when the system asks the process to stop. Listens from the call on.
#[cfg(unix)]
fn shutdown() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    })
}

/// Ends at Ctrl-C. Listens from the call on.
#[cfg(windows)]
fn shutdown() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move { drop(interrupt.recv().await) })
}
