//! The sandbox of this server.

#[cfg(test)]
mod tests;

use std::error::Error;

use sandbox::{AllowedOrigins, Config, Sandbox, Seed};

use crate::{
    config::{SANDBOX_PROJECT, SANDBOX_SECRET},
    public_url::PublicUrl,
};

/// A sandbox that browsers reach at `url`, for pages at `app`.
pub(crate) fn open(
    url: &PublicUrl,
    app: &PublicUrl,
) -> Result<Sandbox, Box<dyn Error + Send + Sync>> {
    let mut config = Config::new(SANDBOX_PROJECT, SANDBOX_SECRET)?;
    config.seed = Seed::demo();
    // Where others reach either, there may be a proxy on this machine, and connections from this
    // machine may be anybody's: then nobody may script the sandbox.
    if !app.is_loopback() || !url.is_loopback() {
        let origins = vec![app.to_string().parse()?, url.to_string().parse()?];
        config.allowed_origins = AllowedOrigins::These(origins);
    }
    Ok(Sandbox::new(config))
}
