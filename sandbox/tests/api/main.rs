//! The sandbox from outside: what it answers, to whom, and what it remembers.

mod backlog;
mod bench;
mod bounds;
mod identify;
mod memory;
mod other_sites;
mod pages;
mod refusals;
