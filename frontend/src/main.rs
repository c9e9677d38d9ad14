//! The browser's entry: puts the app in place of what index.html shows until it is there.

use leptos::{mount::mount_to, prelude::document};
use wasm_bindgen::JsCast as _;

fn main() {
    let root = document()
        .get_element_by_id("app")
        .expect("index.html has an element #app");
    // What index.html shows until now has done its work. It has the same boxes as the app, so that
    // nothing jumps.
    root.replace_children_with_node_0();
    mount_to(root.unchecked_into(), app::App).forget();
}
