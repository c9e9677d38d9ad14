//! docs/deploy.md, with this test's ports and folders in place of those of a real machine.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::block::blocks;

/// What stands before a block that no test runs.
const NOT_RUN: &str = "*Not run by a test";

/// The document, and a folder that takes the place of `/`.
pub(crate) struct Guide {
    root: PathBuf,
    places: Vec<(&'static str, String)>,
}

/// The document as it stands.
pub(crate) fn text() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join("docs/deploy.md")).unwrap()
}

/// How each block is called that is said to be run: by its file, or by its first line.
pub(crate) fn steps(document: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut rest = document;
    for block in blocks(document) {
        let (before, after) = rest.split_once(block.text).unwrap();
        rest = after;
        let is_picture = block.language.is_empty();
        let fence = format!("```{}\n", block.language);
        let before = before.trim_end_matches(&fence).trim_end();
        let last = before.rsplit("\n\n").next().unwrap_or_default();
        if !is_picture && !last.starts_with(NOT_RUN) {
            let name = block.file.or(block.text.lines().next());
            steps.push(name.unwrap().to_owned());
        }
    }
    steps
}

impl Guide {
    /// `places`: what is to be read in place of what.
    pub(crate) fn new(root: &Path, places: Vec<(&'static str, String)>) -> Self {
        Self {
            root: root.to_owned(),
            places,
        }
    }

    /// What the document says that this file holds, or the block that begins with this line.
    #[track_caller]
    pub(crate) fn block(&self, name: &str) -> String {
        let document = text();
        let found = blocks(&document).into_iter().find(|block| {
            block.file == Some(name)
                || block.file.is_none() && block.text.lines().next() == Some(name)
        });
        let block = found.unwrap_or_else(|| panic!("docs/deploy.md has no {name}"));
        self.here(block.text)
    }

    /// A text of the document as it reads here.
    pub(crate) fn here(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (there, here) in &self.places {
            text = text.replace(there, here);
        }
        // Not what a program is run by, and no address.
        for folder in ["/etc/", "/opt/", "/run/", "/usr/local/", "/var/"] {
            text = text.replace(folder, &format!("{}{folder}", self.root.display()));
        }
        text
    }

    /// Where this file of the document is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.here(name).into()
    }

    /// Writes a file as the document has it, but for what `change` makes of it.
    pub(crate) fn write(&self, name: &str, change: impl FnOnce(String) -> String) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, change(self.block(name))).unwrap();
    }

    /// Runs the commands of the block that begins with this line, and answers what they said.
    #[track_caller]
    pub(crate) fn run(&self, first_line: &str) -> String {
        self.shell(&self.block(first_line))
    }

    /// Runs commands as whoever follows the document would: where its programs are found.
    #[track_caller]
    pub(crate) fn shell(&self, commands: &str) -> String {
        let mut shell = Command::new("sh");
        let programs = self.path("/usr/local/sbin");
        let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
        // The repository's root is where the document is followed.
        shell.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
        shell.args(["-euc", commands]).env("PATH", path);
        let output = shell.env("CURL_HOME", &self.root).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{commands}\n{said}{complaint}");
        said
    }
}
