//! Programs that the tests start. Where Debian's packages may be installed without being asked for
//! a password, as root or by sudo, the missing ones are.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::run;
use anyhow::{Context, Result};
use which::{which, which_in};

/// Installs packages as root, or by sudo.
const INSTALL: &str = r#"[ "$(id -u)" = 0 ] || sudo="sudo --non-interactive"
apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get"
$apt update && $apt install --yes --no-install-recommends "$@""#;

/// Makes sure of PostgreSQL's server, and of what the test of docs/deploy.md's nginx starts.
pub(crate) fn ensure_servers() -> Result<()> {
    let postgresql = || {
        let path = env::var_os("PATH").unwrap_or_default();
        has_postgresql_server(path, Path::new("/usr/lib/postgresql")).then_some(())
    };
    found_or_installed(postgresql, "postgresql", "the server of PostgreSQL")?;
    if env::consts::OS == "linux" {
        ensure_program("nginx")?;
        ensure_program("openssl")?;
    }
    Ok(())
}

/// Makes sure of a program whose package has its name, also where only root's PATH leads.
pub(crate) fn ensure_program(name: &str) -> Result<()> {
    let find = || {
        which(name)
            .or_else(|_| which_in(name, Some("/usr/sbin"), "."))
            .ok()
    };
    found_or_installed(find, name, name).map(drop)
}

/// Whether PostgreSQL's server is on this search path or in a version's folder where Debian puts
/// it: its client alone leaves a folder there, too.
fn has_postgresql_server(path: OsString, debian: &Path) -> bool {
    let mut versions = fs::read_dir(debian).into_iter().flatten().flatten();
    versions.any(|version| version.path().join("bin/initdb").is_file())
        || which_in("initdb", Some(path), ".").is_ok()
}

/// What is found as it is, or else once these packages are installed.
pub(crate) fn found_or_installed<T>(
    find: impl Fn() -> Option<T>,
    packages: &str,
    what: &str,
) -> Result<T> {
    if let Some(found) = find() {
        return Ok(found);
    }
    if which("apt-get").is_ok() {
        let mut install = Command::new("sh");
        install
            .args(["-c", INSTALL, "sh"])
            .args(packages.split(' '));
        run(&mut install).with_context(|| format!("cannot install {what}"))?;
    }
    find().with_context(|| format!("There is no {what} on this machine: install it."))
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_client_of_postgresql_is_not_taken_for_its_server() {
        let debian = tempfile::tempdir().unwrap();
        let programs = debian.path().join("15/bin");
        fs::create_dir_all(&programs).unwrap();
        let add = |program: &str| {
            let program = programs.join(program);
            fs::write(&program, "").unwrap();
            fs::set_permissions(program, fs::Permissions::from_mode(0o755)).unwrap();
        };
        let is_on_path = || has_postgresql_server(programs.clone().into(), Path::new("/nowhere"));
        let is_in_debian = || has_postgresql_server(OsString::new(), debian.path());
        add("psql");
        assert!(!is_on_path() && !is_in_debian());
        add("initdb");
        assert!(is_on_path() && is_in_debian());
    }
}
