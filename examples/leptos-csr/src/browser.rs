//! The browser's half: the app, as all of the page.

fn main() {
    leptos::mount::mount_to_body(example_leptos_csr::App);
}
