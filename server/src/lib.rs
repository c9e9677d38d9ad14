//! The server's half: configuration, routes, security, static files, and the local sandbox where no
//! Reqio is set up.
#![forbid(unsafe_code)]

pub mod command_line;
pub mod config;
mod connections;
mod dist;
mod doctor;
mod fair_share;
mod faults;
mod file_descriptors;
mod file_mode;
mod housekeeping;
mod http;
mod local_sandbox;
mod serve;
mod shell;

pub use serve::{Server, StartError};
