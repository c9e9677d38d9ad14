//! The sandbox's own pages. `maud` escapes whatever is put into them.

mod backlog;
mod identity;
mod layout;

pub(crate) use backlog::backlog;
pub(crate) use identity::identity;
