//! Where the sandbox is, and who may come to it.

use std::net::SocketAddr;

use super::{Problem, PublicUrl, reqio::EXAMPLE_PROJECT};

/// Where the sandbox is.
#[derive(Clone, Debug)]
pub struct SandboxConfig {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Where visitors reach it, if others than this machine may.
    pub public_url: Option<PublicUrl>,
}

impl SandboxConfig {
    /// A sandbox beside an app that others than this machine reach must be meant: where the
    /// variables of the real Reqio were lost, it would sign in strangers with a password that
    /// everybody knows.
    pub(super) fn refuse_strangers(
        &self,
        addr: SocketAddr,
        public_url: &PublicUrl,
    ) -> Result<(), Problem> {
        let open = if !public_url.is_loopback() {
            format!("PUBLIC_URL is {public_url}")
        } else if !addr.ip().is_loopback() {
            format!("ADDR is {addr}")
        } else {
            return Ok(());
        };
        match &self.public_url {
            None => {
                let what = format!(
                    "and REQIO_SECRET are missing, though {open} and lets others in: set both, or \
                     SANDBOX_PUBLIC_URL where others are to use the sandbox"
                );
                Err(Problem::new("REQIO_PROJECT_ID", what, EXAMPLE_PROJECT))
            }
            // Everybody's browser would run whatever listens there on the machine it is on.
            Some(sandbox) if sandbox.is_loopback() && !public_url.is_loopback() => {
                let what = format!("is {sandbox}, where visitors of {public_url} cannot reach it");
                let example = "https://sandbox.example.com";
                Err(Problem::new("SANDBOX_PUBLIC_URL", what, example))
            }
            Some(_) => Ok(()),
        }
    }
}
