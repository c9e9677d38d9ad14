//! The blocks of code in a document.

/// A fenced block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block<'a> {
    pub(super) language: &'a str,
    /// The file that the block belongs into: the last line before it, where that is a bold path and
    /// nothing else.
    pub(super) file: Option<&'a str>,
    /// The lines between the fences, each with its line end.
    pub(super) text: &'a str,
}

/// Every block of the document, in its order.
pub(super) fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut rest = document;
    while let Some((before, after)) = rest.split_once("\n```") {
        let (language, after) = after.split_once('\n').unwrap_or((after, ""));
        let end = if after.starts_with("```") {
            0
        } else {
            after.find("\n```").expect("a fence is closed") + 1
        };
        let last = before.trim_end().lines().next_back().unwrap_or_default();
        let file = last
            .strip_prefix("**`")
            .and_then(|line| line.strip_suffix("`**"));
        blocks.push(Block {
            language,
            file,
            text: &after[..end],
        });
        rest = &after[end + 3..];
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::{Block, blocks};

    #[test]
    fn a_block_has_a_language_a_text_and_a_file_where_one_is_named() {
        let document = "Intro\n\n```sh\nls\ncd\n```\n\n\
                        **`a.rs`**\n\n```rust\n```\n\nSee `b.rs`\n\n```\nx\n```\n";
        let expected = [
            ("sh", None, "ls\ncd\n"),
            ("rust", Some("a.rs"), ""),
            ("", None, "x\n"),
        ];
        assert_eq!(
            blocks(document),
            expected.map(|(language, file, text)| Block {
                language,
                file,
                text
            })
        );
    }
}
