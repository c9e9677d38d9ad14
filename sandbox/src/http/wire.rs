//! Names on the wire that are the sandbox's own choice, since the real ones are not documented.
//! `assets/widget/wire.js` spells them as well.

use axum::http::HeaderName;

/// The header by which the widget says whose project it belongs to.
pub(crate) const PROJECT: HeaderName = HeaderName::from_static("x-reqio-project");

/// The header that carries the widget's random id of an anonymous visitor.
pub(crate) const ANONYMOUS_ID: HeaderName = HeaderName::from_static("x-reqio-anonymous-id");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widget_spells_the_headers_as_they_are_read() {
        let widget = include_str!("../../assets/widget/wire.js").to_ascii_lowercase();
        for name in [PROJECT, ANONYMOUS_ID] {
            assert!(
                widget.contains(&format!("\"{name}\"")),
                "{name} is not in wire.js"
            );
        }
    }
}
