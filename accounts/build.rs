//! Has the crate made anew when there is another migration, which `sqlx::migrate!` cannot ask for.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
