//! Loading the page anew, and what the next page is to know of it.

use reqio_lifecycle::Notice;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

const fn text(notice: Notice) -> &'static str {
    match notice {
        Notice::SignedOutElsewhere => "signed out elsewhere",
        Notice::OtherUser => "other user",
    }
}

fn key(name: &str) -> String {
    format!("{name}:notice")
}

/// What the page before this one left under `name`, once.
///
/// Where nothing can be left, nobody could tell that a page has been loaded anew for its user, and
/// it would be again and again: so there it counts as done.
pub(crate) fn take(name: &str) -> Option<Notice> {
    let Some(storage) = storage() else {
        return Some(Notice::OtherUser);
    };
    let key = key(name);
    let left = storage.get_item(&key).ok().flatten();
    // A full storage can be read all the same.
    let keeps = storage.set_item(&key, "").is_ok();
    let _ = storage.remove_item(&key);
    if !keeps {
        return Some(Notice::OtherUser);
    }
    let left = left?;
    [Notice::SignedOutElsewhere, Notice::OtherUser]
        .into_iter()
        .find(|notice| text(*notice) == left)
}

/// Leaves the notice under `name` and loads the page anew.
pub(crate) fn reload(name: &str, notice: Option<Notice>) {
    if let (Some(notice), Some(storage)) = (notice, storage()) {
        let _ = storage.set_item(&key(name), text(notice));
    }
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
