//! `audit`: whether any dependency has a known vulnerability, by the RustSec advisory database.

use crate::failure::Failure;
use crate::process::run;
use crate::tools::Tools;

/// Fetches the database and asks it. Apart from `check`, since it fails where the database cannot be reached: an audit
/// that did not happen is none.
pub(crate) fn audit() -> Result<(), Failure> {
    let tools = Tools::for_checking()?;
    run(tools.command("cargo").args(["deny", "--locked", "check", "advisories"]))
}
