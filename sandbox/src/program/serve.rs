//! `sandbox`: serves, and prints what to paste where.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use sandbox::{AllowedOrigins, Config, Origin, Sandbox, Seed};
use tokio::net::TcpListener;

use super::Failure;
use super::project::Project;
use super::shutdown;

pub(super) const EXAMPLES: &str = "\
Examples:
  sandbox
  sandbox --port 0 --seed seed.json
  sandbox --allow-origin http://app.test:3000 --db backlog.db";

#[derive(Args)]
pub(super) struct Options {
    /// The address to listen on.
    #[arg(long, env = "SANDBOX_ADDR", default_value = "127.0.0.1:3001")]
    addr: SocketAddr,
    /// The port to listen on, in place of the one in the address; 0 takes a free one.
    #[arg(long)]
    port: Option<u16>,
    #[command(flatten)]
    project: Project,
    /// An origin whose pages may call the widget's API; may be repeated [default: any on this
    /// machine]
    #[arg(long = "allow-origin", value_name = "ORIGIN")]
    allowed_origins: Vec<Origin>,
    /// An SQLite file that keeps the backlog [default: in memory]
    #[arg(long, value_name = "FILE")]
    db: Option<PathBuf>,
    /// A file with the backlog to start with, and to be put back to [default: an empty one]
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
}

pub(super) async fn run(options: Options) -> Result<(), Failure> {
    let secret_is_given = options.project.has_secret();
    let mut config = options.project.config_or_made_up()?;
    if !options.allowed_origins.is_empty() {
        config.allowed_origins = AllowedOrigins::These(options.allowed_origins);
    }
    config.database = options.db;
    if let Some(file) = options.seed {
        config.seed = seed(&file)?;
    }
    let mut addr = options.addr;
    addr.set_port(options.port.unwrap_or(addr.port()));
    let listener = TcpListener::bind(addr)
        .await
        .map_err(|error| format!("cannot listen on {addr}: {error}"))?;
    let addr = listener.local_addr()?;
    // One that was given is somebody's: it stays out of terminals and logs.
    let shown = if secret_is_given {
        "(as it is set)"
    } else {
        config.secret.expose()
    };
    let introduction = introduction(&config, shown, &origin(addr));
    let sandbox = Sandbox::open(config).await?;
    let asked_to_end = shutdown::asked()?;
    println!("{introduction}");
    Ok(sandbox.serve(listener, asked_to_end).await?)
}

fn seed(file: &Path) -> Result<Seed, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("the seed {} cannot be read: {error}", file.display()))?;
    let seed: Result<Seed, _> = text.parse();
    Ok(seed.map_err(|error| format!("{}: {error}", file.display()))?)
}

/// What to paste where.
fn introduction(config: &Config, secret: &str, origin: &str) -> String {
    let Config {
        project, audience, ..
    } = config;
    format!(
        "Reqio sandbox: a local stand-in built from Reqio's public documentation.\n\n\
         For your server:\n\n  \
         REQIO_PROJECT_ID={project}\n  \
         REQIO_SECRET={secret}\n  \
         REQIO_AUDIENCE={audience}\n\n\
         For your page:\n\n  \
         <script src=\"{origin}/widget.js\" data-project-id=\"{project}\" async></script>\n\n\
         Backlog   {origin}/p/{project}\n\
         Verdicts  {origin}/p/{project}/identity\n\n\
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
