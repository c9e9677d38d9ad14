//! The files that Trunk built: a release build of the server has them inside, a debug build reads the
//! folder `dist` at start.

use std::collections::BTreeMap;

use axum::body::Bytes;

/// The content of each file, by its path below `dist`.
pub(crate) type Files = BTreeMap<String, Bytes>;

/// Every file, compressed copies included; none if nothing is built.
#[cfg(not(debug_assertions))]
pub(crate) fn files() -> Files {
    use std::borrow::Cow;

    #[derive(rust_embed::RustEmbed)]
    #[folder = "../dist"]
    #[allow_missing = true]
    struct Dist;

    let file = |name: Cow<'static, str>| {
        let content = match Dist::get(&name)?.data {
            Cow::Borrowed(inside) => Bytes::from_static(inside),
            Cow::Owned(read) => read.into(),
        };
        Some((name.into_owned(), content))
    };
    Dist::iter().filter_map(file).collect()
}

/// Every file, compressed copies included; none if nothing is built.
#[cfg(debug_assertions)]
pub(crate) fn files() -> Files {
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix("dist").ok()?;
        let name = path.to_str()?.replace(std::path::MAIN_SEPARATOR, "/");
        Some((name, std::fs::read(entry.path()).ok()?.into()))
    };
    let entries = walkdir::WalkDir::new("dist").into_iter();
    entries.filter_map(Result::ok).filter_map(file).collect()
}
