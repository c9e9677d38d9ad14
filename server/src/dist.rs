//! The files that Trunk built: a release build of the server has them inside, a debug build reads the
//! folder `dist` at start.

use std::collections::BTreeMap;

use axum::body::Bytes;

/// The content of each file, by its path below `dist`.
pub(crate) type Files = BTreeMap<String, Bytes>;

/// Every file, compressed copies included; none if nothing is built.
#[cfg(not(debug_assertions))]
pub(crate) fn files() -> Files {
    #[derive(rust_embed::RustEmbed)]
    #[folder = "../dist"]
    #[allow_missing = true]
    struct Dist;

    let content = |name: &str| match Dist::get(name)?.data {
        std::borrow::Cow::Borrowed(inside) => Some(Bytes::from_static(inside)),
        std::borrow::Cow::Owned(read) => Some(read.into()),
    };
    Dist::iter()
        .filter_map(|name| Some((name.to_string(), content(&name)?)))
        .collect()
}

/// Every file, compressed copies included; none if nothing is built.
#[cfg(debug_assertions)]
pub(crate) fn files() -> Files {
    let entries = walkdir::WalkDir::new("dist")
        .into_iter()
        .filter_map(Result::ok);
    let file = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix("dist").ok()?.to_str()?;
        let name = name.replace(std::path::MAIN_SEPARATOR, "/");
        Some((name, std::fs::read(entry.path()).ok()?.into()))
    };
    entries.filter_map(file).collect()
}
