//! A PostgreSQL of the tests' own: how it is made, and what is made in it.

use std::{
    process::Child,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use crate::{Certificate, NoPostgres, own_addr, programs::Programs};

/// A running server, or one that was stopped to be started again.
#[derive(Debug)]
pub struct Postgres {
    pub(super) programs: Programs,
    pub(super) folder: String,
    pub(super) port: u16,
    pub(super) certificate: Option<Certificate>,
    pub(super) keeper: Option<Child>,
}

impl Postgres {
    /// Makes a server and starts it.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn start() -> Result<Self, NoPostgres> {
        let mut postgres = Self::make()?;
        postgres.resume()?;
        Ok(postgres)
    }

    /// The same, of one that can encrypt, with a certificate for these names, such as
    /// `DNS:app.example.com,IP:127.0.0.1`.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn start_encrypted(names: &str) -> Result<(Self, Certificate), NoPostgres> {
        let mut postgres = Self::make()?;
        let certificate = Certificate::make(&postgres.programs, &postgres.folder, names)?;
        postgres.certificate = Some(certificate.clone());
        postgres.resume()?;
        Ok((postgres, certificate))
    }

    fn make() -> Result<Self, NoPostgres> {
        let programs = Programs::find()?;
        let folder = programs.make_folder()?;
        programs.run(
            "initdb",
            &[
                "--pgdata",
                &folder,
                "--auth=trust",
                "--username=postgres",
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C",
            ],
        )?;
        Ok(Self {
            programs,
            folder,
            port: own_addr()?.port(),
            certificate: None,
            keeper: None,
        })
    }

    /// Where it listens, on this machine.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Runs statements as whoever administers it, and answers what they answer.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn administer(&self, database: &str, statements: &str) -> Result<String, NoPostgres> {
        let at = format!("postgres://postgres@127.0.0.1:{}/{database}", self.port);
        let strictly = ["--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1"];
        let plainly = ["--no-align", "--tuples-only", &at];
        // Each stands alone: a database is not made together with anything else.
        let statements = statements.split_inclusive(';').map(str::trim);
        let commands = statements.filter(|text| !text.is_empty());
        let commands: Vec<_> = commands.flat_map(|text| ["--command", text]).collect();
        let arguments = [&strictly[..], &plainly, &commands].concat();
        self.programs.run("psql", &arguments)
    }

    /// Makes a database and returns its URL.
    ///
    /// # Errors
    /// [`NoPostgres`].
    pub fn create_database(&self) -> Result<String, NoPostgres> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("test{}", NUMBER.fetch_add(1, Relaxed));
        let at = format!("postgres://postgres@127.0.0.1:{}", self.port);
        self.programs.run(
            "createdb",
            &["--maintenance-db", &format!("{at}/postgres"), &name],
        )?;
        Ok(format!("{at}/{name}"))
    }
}
