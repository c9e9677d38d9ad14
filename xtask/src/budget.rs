//! The bytes a first visit downloads, file by file, and the budget they have to keep.

use std::path::Path;
use std::{fmt, fs, io};

use crate::failure::Failure;

/// What the first load may weigh, in bytes as sent: docs/size.md says why.
const BUDGET: u64 = 98_500;

/// One static file with its sizes in bytes.
#[derive(Debug, PartialEq, Eq)]
struct File {
    name: String,
    raw: u64,
    /// The size of the brotli copy, where there is one.
    brotli: Option<u64>,
}

impl File {
    fn sent(&self) -> u64 {
        self.brotli.unwrap_or(self.raw)
    }
}

/// Every file the page consists of. All of them count: nothing in `dist` is there to be loaded
/// later.
#[derive(Debug)]
pub(crate) struct FirstLoad {
    files: Vec<File>,
}

impl FirstLoad {
    /// Measures a directory of static files and their brotli copies.
    pub(crate) fn read(directory: &Path) -> Result<Self, Failure> {
        let mut files = Vec::new();
        collect(directory, directory, &mut files).map_err(|error| {
            Failure::Other(format!("cannot measure {}: {error}", directory.display()))
        })?;
        files.sort_by(|one, other| {
            other
                .sent()
                .cmp(&one.sent())
                .then_with(|| one.name.cmp(&other.name))
        });
        Ok(Self { files })
    }

    /// Fails with a sentence if there is nothing or more than the budget.
    pub(crate) fn within_budget(&self) -> Result<(), Failure> {
        let sent = self.sent();
        if sent == 0 {
            return Err(Failure::Other("The build left no static files.".into()));
        }
        if sent > BUDGET {
            let over = sent - BUDGET;
            return Err(Failure::Other(format!(
                "The first load is {over} bytes over its budget of {BUDGET} bytes."
            )));
        }
        Ok(())
    }

    fn sent(&self) -> u64 {
        self.files.iter().map(File::sent).sum()
    }
}

impl fmt::Display for FirstLoad {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self
            .files
            .iter()
            .map(|file| file.name.len())
            .chain([10])
            .max()
            .unwrap_or(10);
        writeln!(
            formatter,
            "{:width$}  {:>9}  {:>9}",
            "first load", "raw", "brotli"
        )?;
        for File { name, raw, brotli } in &self.files {
            let brotli = brotli.map_or_else(|| "-".into(), |bytes| bytes.to_string());
            writeln!(formatter, "{name:width$}  {raw:>9}  {brotli:>9}")?;
        }
        let raw: u64 = self.files.iter().map(|file| file.raw).sum();
        write!(
            formatter,
            "{:width$}  {raw:>9}  {:>9}  of {BUDGET} bytes",
            "total",
            self.sent()
        )
    }
}

fn collect(root: &Path, directory: &Path, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path
            .extension()
            .is_none_or(|ending| ending != "br" && ending != "gz")
        {
            let mut copy = path.clone().into_os_string();
            copy.push(".br");
            let brotli = fs::metadata(copy).ok().map(|metadata| metadata.len());
            let name = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .to_string_lossy()
                .into_owned();
            files.push(File {
                name,
                raw: fs::metadata(&path)?.len(),
                brotli,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_load(sizes: &[(&str, u64, Option<u64>)]) -> FirstLoad {
        let file = |&(name, raw, brotli): &(&str, u64, Option<u64>)| File {
            name: name.into(),
            raw,
            brotli,
        };
        FirstLoad {
            files: sizes.iter().map(file).collect(),
        }
    }

    #[test]
    fn the_table_shows_every_file_and_sums_what_is_sent() {
        let table = first_load(&[
            ("frontend_bg.wasm", 300_000, Some(50_000)),
            ("icon.png", 900, None),
        ])
        .to_string();
        let rows: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(rows[1], ["frontend_bg.wasm", "300000", "50000"]);
        assert_eq!(rows[2], ["icon.png", "900", "-"]);
        assert_eq!(
            rows[3],
            ["total", "300900", "50900", "of", "98500", "bytes"]
        );
    }

    #[test]
    fn the_budget_is_kept_to_the_byte() {
        assert!(
            first_load(&[("a.wasm", 400_000, Some(95_000)), ("b.js", 3_500, None)])
                .within_budget()
                .is_ok()
        );
        let over =
            first_load(&[("a.wasm", 400_000, Some(95_000)), ("b.js", 3_501, None)]).within_budget();
        assert!(
            over.unwrap_err()
                .to_string()
                .contains("1 bytes over its budget of 98500 bytes")
        );
    }

    #[test]
    fn a_build_that_left_nothing_is_not_within_budget() {
        assert!(first_load(&[]).within_budget().is_err());
    }

    #[test]
    fn a_brotli_copy_is_a_size_of_its_file_and_not_a_file() {
        let directory =
            std::env::temp_dir().join(format!("xtask-first-load-{}", std::process::id()));
        fs::create_dir_all(directory.join("assets")).unwrap();
        fs::write(directory.join("assets/app.js"), [b'x'; 100]).unwrap();
        fs::write(directory.join("assets/app.js.br"), [b'x'; 10]).unwrap();
        let read = FirstLoad::read(&directory);
        fs::remove_dir_all(&directory).unwrap();
        let name = Path::new("assets")
            .join("app.js")
            .to_string_lossy()
            .into_owned();
        assert_eq!(
            read.unwrap().files,
            [File {
                name,
                raw: 100,
                brotli: Some(10)
            }]
        );
    }
}
