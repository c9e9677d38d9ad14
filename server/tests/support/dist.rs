//! A folder from which a server process serves a browser's half of a few lines.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::Process;

/// What stands in for a build of the frontend, in a folder to start a server in.
pub(crate) struct Dist(TempDir);

impl Dist {
    /// The inline script of the shell, as Trunk would write one.
    pub(crate) const SCRIPT: &str = "\nimport init from '/demo-1a2b.js';\nawait init();\n";
    pub(crate) const JAVASCRIPT: &str = "export default async () => {};";
    /// Stands for the brotli copy: nobody here decodes it.
    pub(crate) const BROTLI: &[u8] = b"\x8b\x0e\x80brotli";
    /// Stands for the gzip copy.
    pub(crate) const GZIP: &[u8] = b"\x1f\x8bgzip";
    /// Lies beside the folder that is served, where nobody may reach it.
    pub(crate) const OUTSIDE: &str = "nobody may read this";

    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        fs::create_dir(&dist).unwrap();
        fs::create_dir(dist.join("pictures")).unwrap();
        fs::write(dist.join("index.html"), Self::shell()).unwrap();
        fs::write(dist.join("demo-1a2b.js"), Self::JAVASCRIPT).unwrap();
        fs::write(dist.join("demo-1a2b.js.br"), Self::BROTLI).unwrap();
        fs::write(dist.join("demo-1a2b.js.gz"), Self::GZIP).unwrap();
        fs::write(dist.join("index.html.br"), Self::BROTLI).unwrap();
        fs::write(dist.join("demo-1a2b_bg.wasm"), b"\0asm\x01\0\0\0").unwrap();
        fs::write(dist.join("main-1a2b.css"), "body { margin: 0 }").unwrap();
        fs::write(
            dist.join("icon.svg"),
            "<svg xmlns='http://www.w3.org/2000/svg'/>",
        )
        .unwrap();
        fs::write(folder.path().join("outside.txt"), Self::OUTSIDE).unwrap();
        Self(folder)
    }

    /// The page that every visitor gets first.
    pub(crate) fn shell() -> String {
        format!(
            "<!doctype html><html lang=\"en\"><head><title>Demo</title>\
             <link rel=\"stylesheet\" href=\"/main-1a2b.css\">\
             <script type=\"module\">{}</script></head><body></body></html>",
            Self::SCRIPT
        )
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// A server that serves it, and where.
    pub(crate) fn serve(&self, variables: &[(&str, &str)]) -> (Process, String) {
        let mut process = Process::spawn(self.path(), variables, &[]);
        let origin = process.origin();
        (process, origin)
    }
}
