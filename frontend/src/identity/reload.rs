//! Loading the page anew, and what it is to say then.

use lifecycle::Notice;
use web_sys::Storage;

/// Where a notice waits meanwhile.
const NOTICE: &str = "signed-out-elsewhere";

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Whether the page is to say so, once.
pub(super) fn take_notice() -> bool {
    let Some(storage) = storage() else {
        return false;
    };
    let noticed = storage.get_item(NOTICE).ok().flatten().is_some();
    let _ = storage.remove_item(NOTICE);
    noticed
}

/// Loads the page anew.
pub(super) fn reload(notice: Option<Notice>) {
    if let (Some(Notice::SignedOutElsewhere), Some(storage)) = (notice, storage()) {
        let _ = storage.set_item(NOTICE, "1");
    }
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
