//! Other stacks' tokens, minted with PyJWT and jose, and the document's examples for their tests.
//! Needs `python3` with pip, and `node` with npm; the libraries, pinned, are fetched once into the
//! target directory.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod document;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use sandbox::{Config, Sandbox};
use tokio::net::TcpListener;

/// Also base64, so that decoding it by mistake gives another key.
const SECRET: &str = "bm90LWEtcmVhbC1zZWNyZXQtYnV0LWxvbmctZW5vdWdo";

const PYTHON: &str = "python3 with pip";

/// Where a stack's scripts are.
fn scripts(stack: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/stacks")
        .join(stack)
}

#[track_caller]
fn run(command: &mut Command, needs: &str) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; this test needs {needs}"));
    let said = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?} failed; this test needs {needs}\n{said}\n{complained}"
    );
}

/// A stack's libraries, installed once for each state of the file that pins them. The directory
/// gets its name only when it is whole.
fn installed(pins: &Path, install: impl FnOnce(&Path)) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap();
    let mut state = DefaultHasher::new();
    std::fs::read(pins).unwrap().hash(&mut state);
    let libraries =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("libraries-{:016x}", state.finish()));
    if !libraries.exists() {
        let unfinished = libraries.with_extension(std::process::id().to_string());
        std::fs::create_dir_all(&unfinished).unwrap();
        install(&unfinished);
        std::fs::rename(&unfinished, &libraries).unwrap();
    }
    libraries
}

/// Python with the libraries that are pinned for it.
fn python() -> Command {
    let pins = scripts("python").join("requirements.txt");
    let libraries = installed(&pins, |directory| {
        let mut pip = Command::new("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--require-hashes"]);
        pip.arg("--requirement").arg(&pins);
        run(pip.arg("--target").arg(directory), PYTHON);
    });
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", libraries);
    python
}

/// Runs a stack's script against a sandbox on a free port.
async fn check(command: &mut Command, needs: &str) {
    // A test that fails shows the log. One serves all of them: the first has set it up.
    drop(tracing_subscriber::fmt().with_test_writer().try_init());
    let config = Config::new("demo", SECRET).unwrap();
    let audience = config.audience.clone();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let sandbox = Sandbox::new(config);
    let serving = tokio::spawn(sandbox.serve(listener, std::future::pending()));
    command.env("SANDBOX_URL", url);
    command.envs([
        ("REQIO_PROJECT_ID", "demo"),
        ("REQIO_SECRET", SECRET),
        ("REQIO_AUDIENCE", &audience),
    ]);
    tokio::task::block_in_place(|| run(command, needs));
    serving.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_pyjwt_are_accepted_and_its_users_mistakes_named() {
    let mut python = python();
    python.arg(scripts("python").join("check.py"));
    check(&mut python, PYTHON).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_of_jose_and_of_gos_shape_are_accepted_and_their_users_mistakes_named() {
    const NEEDS: &str = "node 20 or later with npm";
    let libraries = installed(&scripts("node").join("package-lock.json"), |directory| {
        for file in ["package.json", "package-lock.json"] {
            std::fs::copy(scripts("node").join(file), directory.join(file)).unwrap();
        }
        run(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund"])
                .current_dir(directory),
            NEEDS,
        );
    });
    // Node looks for a module beside the script that asks for it: the script goes where the
    // libraries are.
    let script = libraries.join("node").join("check.mjs");
    std::fs::create_dir_all(libraries.join("node")).unwrap();
    std::fs::copy(scripts("node").join("check.mjs"), &script).unwrap();
    std::fs::copy(scripts("mistakes.json"), libraries.join("mistakes.json")).unwrap();
    check(Command::new("node").arg(script), NEEDS).await;
}
