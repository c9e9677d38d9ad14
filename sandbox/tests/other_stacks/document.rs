//! `docs/sandbox.md`: what it shows to type is typed, and does what it says.

use std::path::Path;
use std::process::{Command, Stdio};

use sandbox::{Running, Sandbox, Seed};

use crate::{PYTHON, python, run};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sandbox");

fn document() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/sandbox.md")).unwrap()
}

/// The blocks of a language, in their order.
fn blocks(language: &str) -> Vec<String> {
    let (document, fence) = (document(), format!("```{language}\n"));
    let blocks = document.split(&fence).skip(1);
    let block = |rest: &str| rest.split("```").next().unwrap().to_owned();
    blocks.map(block).collect()
}

/// The variables of a sandbox, and the way to the program.
fn told<'a>(command: &'a mut Command, sandbox: &Running) -> &'a mut Command {
    let folder = Path::new(PROGRAM).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    command.envs(sandbox.variables()).env("PATH", path);
    command.env("SANDBOX_URL", sandbox.url())
}

#[test]
fn every_block_is_of_a_language_that_is_run() {
    let document = document();
    let fences = document.lines().filter(|line| line.starts_with("```"));
    let mut languages: Vec<_> = fences.step_by(2).collect();
    languages.sort_unstable();
    languages.dedup();
    // The one in TypeScript runs in the browser's tests, the one in Rust as the crate's own.
    let run = [
        "```json",
        "```python",
        "```rust",
        "```sh",
        "```text",
        "```ts",
    ];
    assert_eq!(languages, run);
}

#[test]
fn the_start_prints_what_is_shown() {
    assert_eq!(blocks("sh")[0], "cargo run -p sandbox\n");
    let mut command = Command::new(PROGRAM);
    for name in ["REQIO_PROJECT_ID", "REQIO_SECRET", "REQIO_AUDIENCE"] {
        command.env_remove(name);
    }
    let started = command.args(["--port", "0"]).stdout(Stdio::piped()).spawn();
    let mut child = started.unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut printed = String::new();
    while !printed.contains("Ctrl-C") {
        assert_ne!(
            std::io::BufRead::read_line(&mut output, &mut printed).unwrap(),
            0
        );
    }
    child.kill().unwrap();
    child.wait().unwrap();
    for line in blocks("text")[0].lines() {
        for shown in line.split("<made up anew at each start>") {
            for part in shown.split(":3001") {
                assert!(printed.contains(part), "{part:?} is not in {printed}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lines_of_shell_work() {
    for block in &blocks("sh")[1..] {
        let sandbox = Sandbox::start().await.unwrap();
        let script = block.replace("http://localhost:3001", sandbox.url());
        let mut shell = Command::new("sh");
        shell.args(["-e", "-c", &script]);
        tokio::task::block_in_place(|| run(told(&mut shell, &sandbox), "curl 7.82 or later"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_for_pytest_passes() {
    let sandbox = Sandbox::start().await.unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("document");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("test_sandbox.py"), &blocks("python")[0]).unwrap();
    let mut pytest = python();
    pytest.args(["-m", "pytest", "--quiet", "-p", "no:cacheprovider"]);
    pytest.arg("test_sandbox.py").current_dir(folder);
    tokio::task::block_in_place(|| run(told(&mut pytest, &sandbox), PYTHON));
}

#[test]
fn the_seed_that_is_shown_is_one() {
    blocks("json")[0].parse::<Seed>().unwrap();
}

#[test]
fn its_options_are_those_of_the_program() {
    let help = Command::new(PROGRAM).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let (options, document) = (help.split("Options:").nth(1).unwrap(), document());
    let table = document.split("| option |").nth(1).unwrap();
    let table = table.split("\n\n").next().unwrap();
    let named = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        let mut names: Vec<_> = words.filter(|word| word.starts_with("--")).collect();
        names.sort_unstable();
        names.dedup();
        let names = names
            .into_iter()
            .filter(|name| name.chars().any(char::is_alphabetic));
        names.map(str::to_owned).collect()
    };
    let options = options.split("Examples:").next().unwrap();
    let mut expected = named(table);
    expected.extend(["--help".into(), "--version".into()]);
    expected.sort_unstable();
    assert_eq!(named(options), expected);
}
