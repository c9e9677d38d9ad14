//! The apps in `examples/`, and how each of them is built.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{output_of, run};
use crate::tools::{self, WITHOUT_DEBUG_INFORMATION};
use crate::workspace::{BROWSER, cargo, development_build, target_directory};
use anyhow::{Context, Result};

/// Their folders in `examples/`.
pub(crate) const EXAMPLES: [&str; 4] = ["axum", "leptos-csr", "leptos-hydrate", "plain"];

/// The crates that others take: their folders in `reqio/`.
const REQIO: [&str; 4] = ["identity", "lifecycle", "browser", "leptos"];

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

/// Packs the crates that others take, and copies `examples/` out of this workspace, with what is
/// packed of those beside it. Returns where they are: in a workspace from which nothing can be
/// inherited.
pub(crate) fn copy_out() -> Result<PathBuf> {
    let mut pack = cargo("package", &["--allow-dirty", "--no-verify"]);
    pack.args(REQIO.map(|name| format!("--package=reqio-{name}")));
    run(&mut pack)?;
    let alone = target_directory()?.join("examples-alone");
    // What an earlier run has left, if any.
    drop(fs::remove_dir_all(&alone));
    let examples = EXAMPLES.map(|name| format!("examples/{name}"));
    for package in examples
        .into_iter()
        .chain(REQIO.map(|name| format!("reqio/{name}")))
    {
        let mut list = cargo("package", &["--list", "--allow-dirty"]);
        let files = output_of(list.current_dir(&package)).context("`cargo package` failed")?;
        for file in files.lines() {
            let [from, to] = [Path::new("."), &alone].map(|root| root.join(&package).join(file));
            // What `cargo package` writes itself is listed too.
            if let Ok(source) = fs::metadata(&from) {
                fs::create_dir_all(to.parent().unwrap_or(&alone))?;
                fs::copy(&from, &to)?;
                // With its time, so that Cargo builds anew only what has changed.
                let copied = fs::File::options().append(true).open(to)?;
                copied.set_modified(source.modified()?)?;
            }
        }
    }
    let members = "[workspace]\nresolver = \"3\"\nmembers = [\"examples/*\"]\n";
    fs::write(alone.join("Cargo.toml"), members)?;
    // The versions that are locked here, without those that only this workspace needs.
    fs::copy("Cargo.lock", alone.join("Cargo.lock"))?;
    let mut update = Command::new("cargo");
    update.args(["update", "--workspace", "--offline"]);
    run(update.current_dir(&alone))?;
    Ok(alone)
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
