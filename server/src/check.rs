//! `server check`: whether the server would work with this configuration, a line for each item.

use accounts::Accounts;
use reqio_identity::Subject;

use crate::{
    config::{Config, Reqio},
    dist,
    page::INDEX,
};

/// Prints what was found. The configuration itself is fine, else it would not get here.
///
/// # Errors
/// One line if the server would not work.
pub(crate) async fn run(config: &Config) -> Result<(), String> {
    let audience = config.reqio.audience();
    match &config.reqio {
        Reqio::Sandbox => println!("ok       reqio     the local sandbox"),
        Reqio::Real(_) => println!("ok       reqio     tokens for {audience}"),
    }
    let url = &config.options.database_url;
    let database = Accounts::check(url).await;
    match &database {
        Ok(()) => println!("ok       database  {url}"),
        Err(error) => println!("failed   database  DATABASE_URL: cannot use {url}: {error}"),
    }
    let token = config.reqio.minter().mint(&Subject::new("check"));
    match &token {
        Ok(_) => println!("ok       token     one was minted"),
        Err(error) => println!("failed   token     {error}"),
    }
    for warning in warnings(config) {
        println!("warning  {warning}");
    }
    if database.is_ok() && token.is_ok() {
        Ok(())
    } else {
        Err("the server would not work with this configuration".to_owned())
    }
}

/// What works and is probably not meant, a line each.
pub(crate) fn warnings(config: &Config) -> Vec<String> {
    let mut warnings = config.warnings.clone();
    if !dist::files().contains_key(INDEX) {
        warnings.push(
            "the page is not built: run `cargo xtask build`. A debug build of the server finds it \
             only in the repository's root"
                .to_owned(),
        );
    }
    warnings
}
