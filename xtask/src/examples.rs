//! The apps in `examples/`, and how each of them is built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::run;
use crate::tools::{self, WITHOUT_DEBUG_INFORMATION};
use crate::workspace::{BROWSER, cargo, development_build, target_directory};
use anyhow::Result;

/// Their folders in `examples/`.
pub(crate) const EXAMPLES: [&str; 4] = ["axum", "leptos-csr", "leptos-hydrate", "plain"];

/// Builds both halves of an example for development, with its own features alone, in the workspace
/// that is in this directory, and says where its server's half is.
pub(crate) fn build(example: &str, workspace: &Path) -> Result<PathBuf> {
    let package = format!("example-{example}");
    let directory = workspace.join("examples").join(example);
    let target = target_directory()?;
    // Dependencies have no debug information in this repository's workspace, so without it those of
    // the same features are there.
    let target_variable = ("CARGO_TARGET_DIR", &*target.to_string_lossy());
    let environment = [WITHOUT_DEBUG_INFORMATION, target_variable];
    let cargo_build = |options: &str| {
        let mut build = cargo("build", &["--package", &package]);
        build.current_dir(workspace).envs(environment);
        run(build.args(options.split_whitespace()))
    };
    let bind = |file: &str, into: &str| {
        let mut bindgen = tools::command("wasm-bindgen")?;
        bindgen.args(["--target", "web", "--no-typescript"]);
        bindgen.args(["--out-name", &package, "--out-dir"]);
        bindgen.arg(directory.join(into));
        run(bindgen.arg(target.join(BROWSER).join("debug").join(file)))
    };
    let in_browser = format!("--target {BROWSER}");
    cargo_build("")?;
    match example {
        "leptos-csr" => {
            let mut trunk = tools::trunk("build")?;
            trunk.arg("--locked").envs(environment);
            run(trunk.current_dir(directory))?;
        }
        "leptos-hydrate" => {
            cargo_build(&format!(
                "{in_browser} --no-default-features --features hydrate"
            ))?;
            bind("example_leptos_hydrate.wasm", "dist/pkg")?;
        }
        "plain" => {
            cargo_build(&in_browser)?;
            bind("example-plain.wasm", "dist")?;
        }
        // The server renders whole pages.
        _ => {}
    }
    development_build(&package)
}

/// Copies `examples/` and `reqio/` out of this workspace, as whoever takes an example has them, and
/// returns where they are: in a workspace from which nothing can be inherited. The files keep their
/// times, so that Cargo builds anew only what has changed.
pub(crate) fn copy_out() -> Result<PathBuf> {
    let workspace = target_directory()?.join("examples-alone");
    if workspace.exists() {
        fs::remove_dir_all(&workspace)?;
    }
    fs::create_dir_all(&workspace)?;
    run(Command::new("cp")
        .args(["-a", "examples", "reqio"])
        .arg(&workspace))?;
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"examples/*\"]\n";
    fs::write(workspace.join("Cargo.toml"), members)?;
    // The versions that are locked here, of which this takes out what the others need.
    fs::copy("Cargo.lock", workspace.join("Cargo.lock"))?;
    let mut update = Command::new("cargo");
    update.args(["update", "--workspace", "--offline"]);
    run(update.current_dir(&workspace))?;
    Ok(workspace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_is_an_example() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
        let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
        let folders = entries.filter(|entry| entry.path().is_dir());
        let mut folders: Vec<_> = folders.map(|folder| folder.file_name()).collect();
        folders.sort();
        assert_eq!(folders, EXAMPLES);
    }
}
