//! `cargo run -p sandbox`: the stand-in on its own, for a page and a server in any language. It
//! prints what to paste where.
#![forbid(unsafe_code)]

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandbox::{AllowedOrigins, Config, Origin, Sandbox, SigningSecret};
use tokio::net::TcpListener;

const EXAMPLES: &str = "\
Examples:
  sandbox
  sandbox --port 0 --seed seed.json
  sandbox --allow-origin http://app.test:3000 --currency EUR";

/// A local stand-in for Reqio: point your page and your server at it, and it says what Reqio would
/// see.
#[derive(Parser)]
#[command(name = "sandbox", version, after_help = EXAMPLES)]
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
    /// The signing secret, at least 32 bytes [default: made up]
    #[arg(long, env = "REQIO_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// The audience that tokens must name [default: `https://reqio.app/p/PROJECT`]
    #[arg(long, env = "REQIO_AUDIENCE")]
    audience: Option<String>,
    /// An origin whose pages may call the widget's API; may be repeated [default: any on this
    /// machine]
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    allowed_origins: Vec<Origin>,
    /// A file with the backlog to start with, and to be put back to [default: an empty one]
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// What amounts are shown in: a sign or a code, such as € or EUR.
    #[arg(long, default_value = "$")]
    currency: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .init();
    let failure = match Options::try_parse() {
        Ok(options) => match serve(options).await {
            Ok(()) => return ExitCode::SUCCESS,
            Err(error) => format!("error: {error}"),
        },
        Err(help) if !help.use_stderr() => {
            // Whoever reads it may have seen enough, as `head` has, and gone.
            let _gone = help.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => error.to_string(),
    };
    eprintln!("{}", failure.lines().next().unwrap_or_default());
    ExitCode::FAILURE
}

async fn serve(options: Options) -> Result<(), Box<dyn Error>> {
    let secret = match &options.secret {
        Some(secret) => SigningSecret::new(secret)?,
        None => SigningSecret::made_up()?,
    };
    let mut config = Config::new(options.project, secret.expose())?;
    if let Some(audience) = options.audience {
        config.audience = audience;
    }
    if !options.allowed_origins.is_empty() {
        config.allowed_origins = AllowedOrigins::These(options.allowed_origins);
    }
    if let Some(file) = options.seed.as_deref().map(|file| file.display()) {
        let text = std::fs::read_to_string(file.to_string())
            .map_err(|error| format!("the seed {file} cannot be read: {error}"))?;
        config.seed = text.parse().map_err(|error| format!("{file}: {error}"))?;
    }
    config.currency = options.currency;
    let mut addr = options.addr;
    addr.set_port(options.port.unwrap_or(addr.port()));
    let listener = TcpListener::bind(addr)
        .await
        .map_err(|error| format!("cannot listen on {addr}: {error}"))?;
    // A secret that was given is somebody's: it stays out of terminals and logs.
    let shown = options.secret.map_or(secret.expose(), |_| "(as it is set)");
    let introduction = introduction(&config, shown, listener.local_addr()?);
    let asked_to_end = asked_to_end()?;
    println!("{introduction}");
    Ok(Sandbox::new(config).serve(listener, asked_to_end).await?)
}

/// What to paste where.
fn introduction(config: &Config, secret: &str, addr: SocketAddr) -> String {
    let (project, audience, origin) = (&config.project, &config.audience, origin(addr));
    let shared = if config.is_shared() {
        "\n\nOthers may reach it: nobody scripts it, and it shows no email and no verdicts."
    } else if addr.ip().is_loopback() {
        ""
    } else {
        "\n\nWhoever reaches it from another machine can read everybody's email. With \
         --allow-origin and an origin that is not this machine's, it shows none."
    };
    format!(
        "Reqio sandbox: a local stand-in built from Reqio's public documentation.\n\n\
         For your server:\n\n  \
         REQIO_PROJECT_ID={project}\n  \
         REQIO_SECRET={secret}\n  \
         REQIO_AUDIENCE={audience}\n\n\
         For your page:\n\n  \
         <script src=\"{origin}/widget.js\" data-project-id=\"{project}\" async></script>\n\n\
         Backlog   {origin}/p/{project}\n\
         Verdicts  {origin}/p/{project}/identity{shared}\n\n\
         Ctrl-C ends it."
    )
}

/// The address as a browser on this machine says it.
fn origin(addr: SocketAddr) -> String {
    if addr.ip().is_loopback() || addr.ip().is_unspecified() {
        return format!("http://localhost:{}", addr.port());
    }
    format!("http://{addr}")
}

/// Completes at Ctrl-C, or when a process manager asks: in a container only who listens is asked.
/// It listens from the call on.
#[cfg(unix)]
fn asked_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Completes at Ctrl-C. It listens from the call on.
#[cfg(not(unix))]
fn asked_to_end() -> std::io::Result<impl Future<Output = ()>> {
    let interrupted = tokio::spawn(tokio::signal::ctrl_c());
    Ok(async move { drop(interrupted.await) })
}
