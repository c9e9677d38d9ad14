//! Reads `.env` without changing the process's environment.

use std::{collections::BTreeMap, fs, io::ErrorKind};

/// The variables in `.env` in the current folder: the folders above may belong to another project.
///
/// # Errors
/// The number of a line that cannot be used, and never the line itself: it may be a secret.
pub(crate) fn read() -> Result<BTreeMap<String, String>, String> {
    match fs::read_to_string(".env") {
        Ok(text) => parse(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(error) if error.kind() == ErrorKind::InvalidData => {
            Err(".env is not UTF-8: save it again with that encoding".to_owned())
        }
        Err(error) => Err(format!(".env cannot be read: {error}")),
    }
}

fn parse(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut variables = BTreeMap::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Only what an editor leaves: another kind of blank may be part of a value.
    let trim = |line| str::trim_matches(line, [' ', '\t', '\r']);
    for (line, number) in text.lines().map(trim).zip(1..) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let assignment = line.strip_prefix("export ").unwrap_or(line);
        let parts = assignment
            .split_once('=')
            .map(|(name, text)| (trim(name), trim(text)));
        let Some((name, text)) = parts.filter(|(name, _)| is_name(name)) else {
            return Err(format!(".env line {number} is not NAME=value"));
        };
        let Some(value) = value(text) else {
            return Err(format!(
                ".env line {number}: the value of {name} can be read in two ways. Put it in single \
                 quotes, with no single quote inside and nothing after them: {name}='value'"
            ));
        };
        variables.insert(name.to_owned(), value.to_owned());
    }
    Ok(variables)
}

fn is_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    !text.is_empty() && text.bytes().all(is_part)
}

/// The value, if shells and the usual readers of `.env` agree what it is. They do not agree on `$`:
/// that is used as written, because a secret may have one.
fn value(text: &str) -> Option<&str> {
    let between = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    let comment = text.starts_with('#') || text.contains(" #") || text.contains("\t#");
    let (value, is_clear) = match (between('\''), between('"')) {
        (Some(inside), _) => (inside, !inside.contains('\'')),
        (_, Some(inside)) => (inside, !inside.contains(['"', '\\', '$', '`'])),
        (None, None) => (text, !comment && !text.contains(['\'', '"', '\\'])),
    };
    is_clear.then_some(value)
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn read(line: &str) -> Option<String> {
        parse(line).unwrap().remove("A")
    }

    #[test]
    fn what_can_be_read_in_one_way_is_used_as_written() {
        for (line, value) in [
            ("A=b", "b"),
            ("export A=b", "b"),
            ("  A = b  ", "b"),
            ("A=b\r", "b"),
            ("\u{feff}A=b", "b"),
            ("# A=c\n\nA=b\n", "b"),
            ("A=c\nA=b", "b"),
            ("A=", ""),
            ("A=pre$ab9${HOME}`ls`", "pre$ab9${HOME}`ls`"),
            ("A=b#c=d", "b#c=d"),
            ("A=b\u{a0}", "b\u{a0}"),
            ("A='$b \"c\" \\ # d '", "$b \"c\" \\ # d "),
            ("A=\"b # c 'd' \"", "b # c 'd' "),
        ] {
            assert_eq!(read(line).as_deref(), Some(value), "{line}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused_with_its_line_and_without_its_value() {
        for value in [
            "hush #tail",
            "hush\t#tail",
            "#hush",
            "hu'sh",
            "hu\"sh",
            "hu\\sh",
            "'hush",
            "'hush' # tail",
            "'hu'sh'",
            "\"hush",
            "\"hu\\nsh\"",
            "\"hu$sh\"",
            "\"hu\"sh\"",
            "'",
        ] {
            let line = parse(&format!("# secret\nA={value}")).unwrap_err();
            assert!(line.starts_with(".env line 2: the value of A "), "{line}");
            assert!(
                line.contains("single quotes") && !line.contains("hu"),
                "{line}"
            );
        }
        for line in ["hush-hush", "REQIO SECRET=hush", "=hush", "A-B=hush"] {
            assert_eq!(parse(line).unwrap_err(), ".env line 1 is not NAME=value");
        }
    }
}
