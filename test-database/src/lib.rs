//! Databases for tests: a file, or a real PostgreSQL in a folder of its own on a free port, gone
//! with who started it.
#![forbid(unsafe_code)]

mod certificate;
mod error;
mod impostor;
mod lifetime;
mod place;
mod ports;
mod postgres;
mod programs;
mod shared;

pub use certificate::Certificate;
pub use error::NoPostgres;
pub use impostor::Impostor;
pub use place::TestDatabase;
pub use ports::own_addr;
pub use postgres::Postgres;
