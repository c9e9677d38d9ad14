//! PostgreSQL's programs: where they are, and as whom they run.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::NoPostgres;

/// A folder of programs, and a user who may run them.
#[derive(Debug)]
pub(crate) struct Programs {
    folder: PathBuf,
    /// Root is told apart from everybody by PostgreSQL, which refuses it.
    user: Option<&'static str>,
}

impl Programs {
    /// Those on the PATH, else those where Debian puts them, the newest first.
    pub(crate) fn find() -> Result<Self, NoPostgres> {
        let path = env::var_os("PATH").unwrap_or_default();
        let on_path = env::split_paths(&path).find_map(|folder| {
            // Debian's links lead to one program, and the others are beside it.
            folder.join("initdb").canonicalize().ok()
        });
        let initdb = on_path.or_else(newest_of_debian);
        let initdb = initdb.ok_or(NoPostgres::NotInstalled)?;
        let folder = initdb.parent().unwrap_or(Path::new("/")).to_owned();
        let user = (answer("id", &["-u"])? == "0").then(|| {
            let has_its_own = answer("id", &["-u", "postgres"]).is_ok();
            if has_its_own { "postgres" } else { "nobody" }
        });
        Ok(Self { folder, user })
    }

    /// A folder that the user may write to.
    pub(crate) fn make_folder(&self) -> Result<String, NoPostgres> {
        let mut command = self.as_user("mktemp");
        command.args(["-d", "-t", "throwaway-postgres.XXXXXX"]);
        run(command)
    }

    /// Runs one to its end.
    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> Result<String, NoPostgres> {
        let mut command = self.command(program);
        command.args(arguments);
        run(command)
    }

    /// Runs one that is none of PostgreSQL's, as the same user.
    pub(crate) fn run_other(&self, program: &str, arguments: &[&str]) -> Result<(), NoPostgres> {
        let mut command = self.as_user(program);
        command.args(arguments);
        run(command).map(drop)
    }

    pub(crate) fn command(&self, program: &str) -> Command {
        self.as_user(&self.folder.join(program).to_string_lossy())
    }

    fn as_user(&self, program: &str) -> Command {
        let Some(user) = self.user else {
            return Command::new(program);
        };
        let mut command = Command::new("setpriv");
        command.args(["--reuid", user, "--regid"]);
        let group = if user == "nobody" { "nogroup" } else { user };
        command.args([group, "--clear-groups", "--", program]);
        command
    }
}

fn newest_of_debian() -> Option<PathBuf> {
    let versions = Path::new("/usr/lib/postgresql").read_dir().ok()?;
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let folders = versions.filter_map(Result::ok).map(|entry| entry.path());
    let initdbs = folders.filter(|folder| folder.join("bin/initdb").exists());
    Some(initdbs.max_by_key(version)?.join("bin/initdb"))
}

fn answer(program: &str, arguments: &[&str]) -> Result<String, NoPostgres> {
    let mut command = Command::new(program);
    command.args(arguments);
    run(command)
}

fn run(mut command: Command) -> Result<String, NoPostgres> {
    // Wherever this runs, the user may go there.
    let output = command.current_dir("/").output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(NoPostgres::Failed {
        program: command.get_program().to_string_lossy().into_owned(),
        reason: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}
