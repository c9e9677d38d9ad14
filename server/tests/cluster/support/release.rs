//! The program under test: the release build of the server, never older than what it is built from.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

/// Its path.
#[track_caller]
pub(crate) fn server() -> PathBuf {
    let target = env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let program = root.join(target).join("release/server");
    let built = modified(&program).unwrap_or_else(|| {
        panic!(
            "there is no {}: `cargo xtask build` makes it",
            program.display()
        )
    });
    for source in sources(&program) {
        assert!(
            modified(&source).is_none_or(|changed| changed <= built),
            "{} is older than {}: `cargo xtask build` makes it anew",
            program.display(),
            source.display()
        );
    }
    program
}

/// What Cargo says the program is built from, in a file beside it: `program: source source`.
fn sources(program: &Path) -> Vec<PathBuf> {
    let list = fs::read_to_string(program.with_extension("d")).unwrap();
    let (_, list) = list.trim().split_once(": ").unwrap();
    // A blank that belongs to a path has a backslash before it.
    let list = list.replace("\\ ", "\0");
    let paths = list.split(' ').map(|path| path.replace('\0', " ").into());
    paths.collect()
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|found| found.modified()).ok()
}
