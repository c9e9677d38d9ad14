//! What a visitor types in, checked before anything is done with it.

use std::{fmt, str::FromStr};

use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};
use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::{UnicodeNormalization as _, char::canonical_combining_class};

/// Why something typed in cannot be used. The text is meant for the person who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCredential {
    /// The email cannot be one.
    #[error("Enter an email address, such as ada@example.com.")]
    Email,
    /// The name is empty, too long or has characters that cannot be seen.
    #[error("Enter a name of 1 to 100 characters, each of which can be seen.")]
    Name,
    /// The password is too short for an account, or longer than any.
    #[error("Choose a password of 8 to 128 characters.")]
    Password,
}

/// An email address, in lower case, so that one person cannot sign up twice by typing it
/// differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidCredential;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text: String = text.trim().to_lowercase().nfc().collect();
        // 254 bytes is the longest address that SMTP can carry (RFC 5321 section 4.5.3.1.3).
        let fits = text.len() <= 254
            && !text
                .chars()
                .any(|char| char.is_whitespace() || is_invisible(char));
        match text.split_once('@') {
            Some((local, domain))
                if fits && !local.is_empty() && !domain.is_empty() && !domain.contains('@') =>
            {
                Ok(Self(text))
            }
            _ => Err(InvalidCredential::Email),
        }
    }
}

/// The name a user goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullName(String);

impl FullName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FullName {
    type Err = InvalidCredential;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text: String = text.trim().nfc().collect();
        if (1..=100).contains(&text.chars().count()) && !has_invisible(&text) {
            Ok(Self(text))
        } else {
            Err(InvalidCredential::Name)
        }
    }
}

/// Whether a character shows nothing, or turns the writing around it: with one of them, two texts
/// look like one. Unicode calls most of these default-ignorable. The others are separators of
/// lines, the blank of Braille, marks around annotations and a musical note without a head.
fn is_invisible(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{2028}' | '\u{2029}' | '\u{2800}' | '\u{fff9}'..='\u{fffb}' | '\u{1d159}'
        )
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(char)
}

/// Whether a name has an invisible character that is no part of a visible one. Many scripts need a
/// joiner (U+200C, U+200D) between two characters or after a virama (RFC 5892, appendix A.1 and
/// A.2), emoji need both joiners and selectors, and Japanese names selectors of a character's
/// variant. No ASCII character needs any.
fn has_invisible(name: &str) -> bool {
    let is_selector =
        |char: &char| matches!(char, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let is_visible =
        |char: &char| !char.is_ascii() && !char.is_whitespace() && !is_invisible(*char);
    let is_virama = |char: &char| canonical_combining_class(*char) == 9;
    let chars: Vec<char> = name.chars().collect();
    (0..chars.len())
        .filter(|at| is_invisible(chars[*at]))
        .any(|at| {
            let before = at.checked_sub(1).and_then(|before| chars.get(before));
            let after = chars.get(at + 1);
            let is_needed = match chars[at] {
                char if is_selector(&char) => before.is_some_and(is_visible),
                '\u{200c}' | '\u{200d}' => {
                    before.is_some_and(is_virama)
                        || before.is_some_and(|char| is_visible(char) || is_selector(char))
                            && after.is_some_and(is_visible)
                }
                _ => false,
            };
            !is_needed
        })
}

/// A password. However its characters were composed and whatever spaces were typed, it is the same
/// one (RFC 8265 section 4.2.2: NFC, other spaces become the ASCII one); nothing is trimmed.
/// `Debug` is redacted and the memory wiped on drop.
#[derive(Clone, Debug)]
pub struct Password(SecretString);

impl Password {
    /// The longest password that is hashed, in characters. Hashing a longer one would take more of
    /// the server than a visitor should get.
    const MAX_LENGTH: usize = 128;

    /// A password for an account, of 8 to 128 characters.
    ///
    /// # Errors
    /// [`InvalidCredential::Password`] if it is shorter or longer.
    pub fn choose(text: String) -> Result<Self, InvalidCredential> {
        let password = Self::enter(text)?;
        if password.0.expose_secret().chars().count() < 8 {
            return Err(InvalidCredential::Password);
        }
        Ok(password)
    }

    /// A password typed in to sign in. A short one is simply wrong, which is for the sign-in to
    /// say.
    ///
    /// # Errors
    /// [`InvalidCredential::Password`] if it is longer than any password here can be.
    pub fn enter(text: String) -> Result<Self, InvalidCredential> {
        let text = SecretString::from(text);
        let spaces = |char: char| {
            if char.is_whitespace() && !char.is_control() {
                ' '
            } else {
                char
            }
        };
        let normal: String = text.expose_secret().chars().map(spaces).nfc().collect();
        let normal = SecretString::from(normal);
        if normal.expose_secret().chars().count() > Self::MAX_LENGTH {
            return Err(InvalidCredential::Password);
        }
        Ok(Self(normal))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.expose_secret().as_bytes()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{EmailAddress, FullName, Password};

    #[test]
    fn one_address_typed_in_two_ways_is_one_address() {
        let typed: EmailAddress = " Ada@Example.COM ".parse().unwrap();
        assert_eq!(typed.as_str(), "ada@example.com");
    }

    #[test]
    fn what_cannot_be_an_address_is_refused() {
        for text in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "a@b@c",
            "a da@example.com",
            "ada@example.com\n\0",
        ] {
            assert!(
                text.parse::<EmailAddress>().is_err(),
                "{text:?} was accepted"
            );
        }
        assert!(
            format!("{}@example.com", "a".repeat(250))
                .parse::<EmailAddress>()
                .is_err()
        );
    }

    #[test]
    fn names_are_counted_in_characters() {
        assert!("é".repeat(100).parse::<FullName>().is_ok());
        assert!("é".repeat(101).parse::<FullName>().is_err());
        assert!("  ".parse::<FullName>().is_err());
        assert!("a\u{7}b".parse::<FullName>().is_err());
    }

    #[test]
    fn what_nobody_sees_is_in_no_name_and_no_email() {
        // Zero-width space and joiner, both directions, isolate, byte order mark, soft hyphen,
        // Hangul filler, line separator, Braille's blank, annotations, a note without a head.
        for invisible in [
            '\u{200b}',
            '\u{200d}',
            '\u{200f}',
            '\u{202e}',
            '\u{2066}',
            '\u{feff}',
            '\u{ad}',
            '\u{3164}',
            '\u{2028}',
            '\u{2800}',
            '\u{fff9}',
            '\u{fffb}',
            '\u{1d159}',
        ] {
            let (name, email) = (
                format!("A{invisible}da"),
                format!("a{invisible}@example.com"),
            );
            assert!(name.parse::<FullName>().is_err(), "{name:?} was accepted");
            assert!(
                email.parse::<EmailAddress>().is_err(),
                "{email:?} was accepted"
            );
        }
        for name in [
            "علی",
            "Žofie Nováková",
            "山田　太郎",
            "O’Neill-Ruiz",
            "👩‍🚀 Zoë 👨‍👩‍👧‍👦",
            "❤️ 👩🏽‍💻",
            // Joiners that Persian and Sinhala need within a word.
            "علی\u{200c}رضا",
            "ශ\u{dca}\u{200d}රී",
            // The usual Malayalam spelling ends with one.
            "ഗോപന\u{d4d}\u{200d}",
            // A Japanese name with the variant of a character.
            "辻\u{e0100}",
        ] {
            assert!(name.parse::<FullName>().is_ok(), "{name} was refused");
        }
        for alone in [
            "👩\u{200d}",
            "\u{200d}👩",
            "Ada\u{fe0f}",
            "A\u{200d}👩",
            "❤\u{fe0f}\u{fe0f}",
        ] {
            assert!(alone.parse::<FullName>().is_err(), "{alone:?} was accepted");
        }
    }

    #[test]
    fn passwords_have_8_to_128_characters_and_keep_every_one() {
        assert!(Password::choose("1234567".to_owned()).is_err());
        assert!(Password::choose("é".repeat(128)).is_ok());
        assert!(Password::choose("é".repeat(129)).is_err());
        assert!(Password::enter("short".to_owned()).is_ok());
        assert_eq!(
            Password::choose("  spaces  ".to_owned())
                .unwrap()
                .as_bytes(),
            b"  spaces  "
        );
    }

    #[test]
    fn a_password_is_the_same_however_its_characters_were_composed() {
        let [one, other] = ["caf\u{e9} au\u{a0}lait", "cafe\u{301} au lait"]
            .map(|text| Password::enter(text.to_owned()).unwrap());
        assert_eq!(one.as_bytes(), other.as_bytes());
    }

    #[test]
    fn debug_output_shows_nothing_of_a_password() {
        let password = Password::choose("correct horse".to_owned()).unwrap();
        assert!(!format!("{password:?}").contains("horse"));
    }
}
