//! What happens to tabs, told event by event.

mod failures;
mod leaving;
mod newer;
mod other_user;
mod providers;
mod renewal;
mod session_check;
mod sign_in;
mod sign_out;
mod support;
mod tabs;
mod time_limits;
mod traits;
mod widget;
mod widget_lost;
