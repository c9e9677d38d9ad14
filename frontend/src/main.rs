//! The browser's entry: puts the app in place of what index.html shows until it is there.

use leptos::{mount::mount_to_body, prelude::document};

fn main() {
    // A panic then says where, on the browser's console. A release build has no use for the bytes.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    // It has the same boxes as the app, so that nothing jumps.
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    mount_to_body(app::App);
}
