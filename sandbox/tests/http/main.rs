//! The sandbox from outside: what it answers, to whom, and what it remembers.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod backlog;
mod bench;
mod bounds;
mod control;
mod embed;
mod forgeries;
mod identify;
mod judge;
mod names;
mod other_sites;
mod pages;
mod random_input;
mod refusals;
mod scripting;
mod seed;
mod team_pages;
mod visitors;
mod waiting;
