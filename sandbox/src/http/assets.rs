//! The files that travel inside the program.

use std::sync::LazyLock;

use axum::http::{HeaderName, header};

/// An asset's headers and text. Browsers may keep it but ask each time: a new version of the
/// sandbox is seen at once.
type Asset = ([(HeaderName, &'static str); 2], &'static str);

const fn asset(content_type: &'static str, text: &'static str) -> Asset {
    (
        [
            (header::CONTENT_TYPE, content_type),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        text,
    )
}

pub(crate) const LIVE: Asset = asset(JAVASCRIPT, include_str!("../../assets/live.js"));
pub(crate) const STYLE: Asset = asset(
    "text/css; charset=utf-8",
    include_str!("../../assets/sandbox.css"),
);
pub(crate) const ICON: Asset = asset("image/svg+xml", include_str!("../../assets/icon.svg"));

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The widget, one classic script: its files in the order in which they build on each other, in a
/// scope of their own.
static WIDGET: LazyLock<String> = LazyLock::new(|| {
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
    format!("(() => {{\n\"use strict\";\nconst STYLE = {style};\n{files}}})();\n")
});

pub(crate) fn widget() -> Asset {
    asset(JAVASCRIPT, &WIDGET)
}
