//! A client in a real browser: its tag, its timers, the other tabs, and what happens when it is
//! dropped.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod absent_interfaces;
mod drop;
mod support;
mod tabs;
mod tag;
mod widget;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
