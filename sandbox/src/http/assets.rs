//! The files that travel inside the program.

use axum::http::{HeaderName, header};

/// An asset's headers and text. Browsers may keep it but ask each time: a new version of the
/// sandbox is seen at once.
type Asset<Text = &'static str> = ([(HeaderName, &'static str); 2], Text);

const fn headers(content_type: &'static str) -> [(HeaderName, &'static str); 2] {
    [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "no-cache"),
    ]
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

pub(crate) const LIVE: Asset = (headers(JAVASCRIPT), include_str!("../../assets/live.js"));
pub(crate) const STYLE: Asset = (
    headers("text/css; charset=utf-8"),
    include_str!("../../assets/sandbox.css"),
);
pub(crate) const ICON: Asset = (
    headers("image/svg+xml"),
    include_str!("../../assets/icon.svg"),
);

/// The widget, one classic script: its files in the order in which they build on each other, in a
/// scope of their own.
pub(crate) fn widget() -> Asset<String> {
    let style = serde_json::Value::from(include_str!("../../assets/widget/widget.css"));
    let files = concat!(
        include_str!("../../assets/widget/wire.js"),
        include_str!("../../assets/widget/identity.js"),
        include_str!("../../assets/widget/elements.js"),
        include_str!("../../assets/widget/panel.js"),
        include_str!("../../assets/widget/views.js"),
        include_str!("../../assets/widget/actions.js"),
        include_str!("../../assets/widget/start.js"),
    );
    let script = format!("(() => {{\n\"use strict\";\nconst STYLE = {style};\n{files}}})();\n");
    (headers(JAVASCRIPT), script)
}
