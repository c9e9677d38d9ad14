//! The apps in `examples/`, and how each of them is built.

use std::path::PathBuf;
use std::process::Command;

use crate::commands::build::trunk;
use crate::matrix::{BROWSER, cargo, cargo_for_the_browser};
use crate::process::run;
use crate::tools::{Tools, target_directory};
use anyhow::Result;

/// One of the examples.
#[derive(Clone, Copy)]
pub(crate) struct Example {
    /// Its folder in `examples/`.
    pub(crate) name: &'static str,
    /// What runs in the browser, unless the server renders whole pages.
    pub(crate) browser_half: Option<BrowserHalf>,
}

/// The part of an example that runs in the browser.
#[derive(Clone, Copy)]
pub(crate) struct BrowserHalf {
    /// What tells Cargo to leave the server's half out.
    pub(crate) features: &'static str,
    built_by: Builder,
}

#[derive(Clone, Copy)]
enum Builder {
    Trunk,
    /// Cargo, which leaves this, and wasm-bindgen, which puts it into this folder.
    WasmBindgen {
        artifact: &'static str,
        into: &'static str,
    },
}

pub(crate) const EXAMPLES: [Example; 4] = [
    Example {
        name: "axum",
        browser_half: None,
    },
    Example {
        name: "leptos-csr",
        browser_half: Some(BrowserHalf {
            features: "--no-default-features --features csr",
            built_by: Builder::Trunk,
        }),
    },
    Example {
        name: "leptos-hydrate",
        browser_half: Some(BrowserHalf {
            features: "--no-default-features --features hydrate",
            built_by: Builder::WasmBindgen {
                artifact: "example_leptos_hydrate.wasm",
                into: "dist/pkg",
            },
        }),
    },
    Example {
        name: "plain",
        browser_half: Some(BrowserHalf {
            features: "",
            built_by: Builder::WasmBindgen {
                artifact: "example-plain.wasm",
                into: "dist",
            },
        }),
    },
];

/// Builds the servers of all examples, and the sandbox, with their own features alone: with those
/// that the workspace has for the browser too, Leptos would run effects while a page is rendered.
pub(crate) fn build_servers() -> Result<()> {
    let mut build = cargo("build", &["--package", "sandbox"]);
    for example in EXAMPLES {
        build.args(["--package", &example.package()]);
    }
    run(&mut build)
}

impl Example {
    /// The example of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        EXAMPLES.into_iter().find(|example| example.name == name)
    }

    /// Builds both of its halves, for development.
    pub(crate) fn build(self, tools: &Tools) -> Result<()> {
        run(&mut cargo("build", &["--package", &self.package()]))?;
        self.build_for_the_browser(tools)
    }

    pub(crate) fn build_for_the_browser(self, tools: &Tools) -> Result<()> {
        let Some(half) = self.browser_half else {
            return Ok(());
        };
        match half.built_by {
            Builder::Trunk => {
                let mut build = trunk(tools);
                build.args(["build", "--locked"]);
                run(build.current_dir(self.directory()))
            }
            Builder::WasmBindgen { artifact, into } => {
                let mut build = cargo_for_the_browser("build", half.features);
                run(build.args(["--package", &self.package()]))?;
                let built = target_directory().join(BROWSER).join("debug");
                let mut bindgen = tools.command("wasm-bindgen");
                bindgen.args(["--target", "web", "--no-typescript"]);
                bindgen.args(["--out-name", &self.package(), "--out-dir"]);
                run(bindgen
                    .arg(self.directory().join(into))
                    .arg(built.join(artifact)))
            }
        }
    }

    /// Its server's half, once it is built.
    pub(crate) fn server(self) -> Command {
        Command::new(target_directory().join("debug").join(self.package()))
    }

    fn package(self) -> String {
        format!("example-{}", self.name)
    }

    fn directory(self) -> PathBuf {
        ["examples", self.name].iter().collect()
    }
}
