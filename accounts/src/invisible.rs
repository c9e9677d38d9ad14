//! What nobody sees of a text, so that two users could look like one.

use icu_properties::{
    CodePointSetData,
    props::{DefaultIgnorableCodePoint, ExtendedPictographic},
};

/// Whether a character shows nothing, or turns around what comes after it: with one of them, two
/// users look like one. Unicode calls most of these default-ignorable: zero-width characters, the
/// controls of writing direction, fillers, tags. The others are named here: separators of lines,
/// the blank of Braille, marks around annotations, a musical note without a head.
pub(crate) fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{fff9}'..='\u{fffb}' | '\u{1d159}'
        )
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(char)
}

/// Whether a name has one that is no part of a sign: many emoji are several pictures joined by a
/// character that shows nothing itself, or a picture and the wish to have it in colour (UTS 51).
pub(crate) fn has_invisible(name: &str) -> bool {
    let characters: Vec<char> = name.chars().collect();
    let is_picture = |position: Option<usize>| {
        let character = position.and_then(|position| characters.get(position));
        let pictures = CodePointSetData::new::<ExtendedPictographic>();
        character.is_some_and(|character| {
            pictures.contains(*character)
                || matches!(character, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
        })
    };
    let is_part_of_a_sign = |position: usize, character: char| match character {
        // Once: two of them show no more than one.
        '\u{fe0f}' => {
            let before = position.checked_sub(1);
            is_picture(before) && before.is_some_and(|before| characters[before] != character)
        }
        '\u{200d}' => is_picture(position.checked_sub(1)) && is_picture(Some(position + 1)),
        _ => false,
    };
    characters.iter().enumerate().any(|(position, character)| {
        is_invisible(*character) && !is_part_of_a_sign(position, *character)
    })
}
