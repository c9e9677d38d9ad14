//! Databases for tests: a SQLite file, or a PostgreSQL of the tests' own, gone when they end.
#![forbid(unsafe_code)]

mod database;
mod ports;
mod postgres;

pub use database::TestDatabase;
pub use ports::own_addr;
pub use postgres::Postgres;
