//! Tests and commands that the documents name exist.

use super::{between, documents, sources};

#[test]
fn every_test_that_a_document_names_exists() {
    let (rust, typescript) = (sources(".rs"), sources(".ts"));
    let mut tests = 0;
    for (document, text) in documents() {
        let is_sentence = |name: &&str| {
            name.matches('_').count() > 3
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        for name in between(&text, "`", "`").into_iter().filter(is_sentence) {
            assert!(
                rust.contains(&format!("fn {name}(")),
                "{}: there is no test {name}",
                document.display()
            );
            tests += 1;
        }
        for name in between(&text, "| \"", "\" |") {
            let named = [format!("\"{name}\""), format!("`{name}`")]
                .iter()
                .any(|quoted| typescript.contains(quoted));
            assert!(named, "{}: there is no test {name:?}", document.display());
            tests += 1;
        }
    }
    assert!(tests > 40, "only {tests} tests were found");
}

#[test]
fn every_xtask_that_a_document_names_exists() {
    let usage = include_str!("../../../xtask/src/main.rs");
    for (document, text) in documents() {
        for command in between(&text, "`cargo xtask ", "`") {
            let name = command.split(' ').next().unwrap();
            assert!(
                usage.contains(&format!("[\"{name}\"")),
                "{}: there is no xtask {command}",
                document.display()
            );
        }
    }
}
