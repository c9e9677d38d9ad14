//! `server check`: whether the server would work with this configuration, a line for each item.

use accounts::Accounts;
use reqio_identity::Subject;

use crate::{config::Config, dist, page::INDEX, start::StartError};

/// Prints what it finds. A configuration that cannot be read does not get here.
///
/// # Errors
/// One line if the server would not work.
pub(crate) async fn run(config: &Config) -> Result<(), StartError> {
    let (minter, audience) = config.reqio.minter();
    let token = minter.mint(&Subject::new("check"));
    let url = &config.options.database_url;
    let database = Accounts::check(url).await;
    let items = [
        (
            "reqio",
            Ok(format!("{:?}, tokens for {audience}", config.reqio.mode())),
        ),
        (
            "database",
            database
                .map(|()| url.to_string())
                .map_err(|error| format!("DATABASE_URL: cannot use {url}: {error}")),
        ),
        (
            "token",
            token
                .map(|_| "one was minted".to_owned())
                .map_err(|error| error.to_string()),
        ),
    ];
    for (item, found) in &items {
        match found {
            Ok(found) => println!("ok       {item:<8}  {found}"),
            Err(error) => println!("failed   {item:<8}  {error}"),
        }
    }
    warnings(config)
        .iter()
        .for_each(|warning| println!("warning  {warning}"));
    if items.iter().any(|(_, found)| found.is_err()) {
        return Err("the server would not work with this configuration".into());
    }
    Ok(())
}

/// What works and is probably not meant, a line each.
pub(crate) fn warnings(config: &Config) -> Vec<String> {
    let not_built = "the page is not built: run `cargo xtask build`. A debug build of the server \
                     finds it only in the repository's root";
    let not_built = (!dist::files().contains_key(INDEX)).then(|| not_built.to_owned());
    config.warnings.iter().cloned().chain(not_built).collect()
}
