//! `cargo run -p sandbox`: the stand-in on its own, for a page and a server in any language.
#![forbid(unsafe_code)]

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use clap::Parser;
use sandbox::{AllowedOrigins, Config, Faults, Origin, Sandbox};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// A local stand-in for Reqio: point your page and your server at it, and it says what Reqio would
/// see.
#[derive(Parser)]
#[command(name = "sandbox", version)]
struct Options {
    /// The address to listen on.
    #[arg(long, env = "SANDBOX_ADDR", default_value = "127.0.0.1:3001")]
    addr: SocketAddr,
    /// The port to listen on, in place of the one in the address; 0 takes a free one.
    #[arg(long)]
    port: Option<u16>,
    /// The project id.
    #[arg(long, env = "REQIO_PROJECT_ID", default_value = "demo")]
    project: String,
    /// The signing secret, at least 32 bytes; without it one is made up and printed.
    #[arg(long, env = "REQIO_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// The audience that tokens must name [default: https://reqio.app/p/<PROJECT>]
    #[arg(long, env = "REQIO_AUDIENCE")]
    audience: Option<String>,
    /// An origin whose pages may call the widget's API; may be repeated [default: any on this
    /// machine]
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    allowed_origins: Vec<Origin>,
    /// An SQLite file that keeps the backlog [default: in memory]
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// What goes wrong on purpose, such as slow=2s,fail=0.3,block-widget.
    #[arg(long, value_name = "FAULTS")]
    fault: Option<Faults>,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    let options = match Options::try_parse() {
        Ok(options) => options,
        Err(help) if !help.use_stderr() => {
            print!("{help}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return failed(error.to_string().lines().next().unwrap_or_default()),
    };
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => failed(&format!("error: {message}")),
    }
}

fn failed(line: &str) -> ExitCode {
    eprintln!("{line}");
    ExitCode::FAILURE
}

async fn run(options: Options) -> Result<(), String> {
    // One that was given is somebody's: it stays out of terminals and logs.
    let (secret, shown) = match options.secret {
        Some(secret) => (secret, None),
        None => {
            let secret = made_up_secret()?;
            (secret.clone(), Some(secret))
        }
    };
    let mut config =
        Config::new(options.project, secret.as_str()).map_err(|error| error.to_string())?;
    if let Some(audience) = options.audience {
        config.audience = audience;
    }
    if !options.allowed_origins.is_empty() {
        config.allowed_origins = AllowedOrigins::These(options.allowed_origins);
    }
    config.database = options.db;
    config.faults = options.fault.unwrap_or_default();
    let variables = variables(&config, shown.as_deref());
    let project = config.project.clone();

    let mut addr = options.addr;
    addr.set_port(options.port.unwrap_or(addr.port()));
    let listener = TcpListener::bind(addr)
        .await
        .map_err(|error| format!("cannot listen on {addr}: {error}"))?;
    let addr = listener.local_addr().map_err(|error| error.to_string())?;
    let sandbox = Sandbox::open(config)
        .await
        .map_err(|error| error.to_string())?;
    let shutdown = shutdown().map_err(|error| error.to_string())?;

    let origin = origin(addr);
    println!(
        "Reqio sandbox: a local stand-in built from Reqio's public documentation.\n\n\
         For your server:\n\n{variables}\n\
         For your page:\n\n  \
         <script src=\"{origin}/widget.js\" data-project-id=\"{project}\" async></script>\n\n\
         Backlog   {origin}/p/{project}\n\
         Verdicts  {origin}/p/{project}/identity\n\n\
         Ctrl-C ends it."
    );
    sandbox
        .serve(listener, shutdown)
        .await
        .map_err(|error| error.to_string())
}

/// 32 bytes of the system's randomness, printable, and so 43 bytes as a key.
fn made_up_secret() -> Result<String, String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)
        .map_err(|error| format!("the system has no randomness for a secret: {error}"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn variables(config: &Config, secret: Option<&str>) -> String {
    let secret = secret.unwrap_or("(as it is set)");
    let (project, audience) = (&config.project, &config.audience);
    format!("  REQIO_PROJECT_ID={project}\n  REQIO_SECRET={secret}\n  REQIO_AUDIENCE={audience}\n")
}

/// The address as a browser on this machine says it.
fn origin(addr: SocketAddr) -> String {
    if addr.ip().is_loopback() || addr.ip().is_unspecified() {
        return format!("http://localhost:{}", addr.port());
    }
    format!("http://{addr}")
}

/// Completes at Ctrl-C, or when a process manager asks to end.
fn shutdown() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}
