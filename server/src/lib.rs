//! The server: configuration, routes, security, static files, and the local sandbox where no Reqio
//! project is set up.
#![forbid(unsafe_code)]

pub mod command_line;
pub mod config;
mod connections;
mod dist;
mod env_file;
mod faults;
mod http;
mod local_sandbox;
pub mod options;
pub mod public_url;
mod start;

pub use start::{Server, StartError};
