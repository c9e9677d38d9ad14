//! Who the visitor is to Reqio: the binding, the driver around the lifecycle, and what the page
//! shows of it.

mod claims;
mod clock;
mod driver;
mod reload;
mod reqio;
mod requests;
mod story;
mod tabs;
mod timer;
mod verdict;
mod view;
mod wake;
mod widget_script;

pub(crate) use driver::Driver;
pub(crate) use story::{Story, whole_milliseconds};
pub(crate) use view::{Shown, ShownToken, Stage, View};
