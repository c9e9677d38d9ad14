//! Has a release build of the server made anew when there is another page to carry.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // A debug build reads the page when it starts.
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo:rerun-if-changed=../dist/index.html");
    }
}
