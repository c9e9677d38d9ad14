//! A certificate, and the authority that signed it, good for a day.

use std::path::PathBuf;

use crate::{NoPostgres, programs::Programs};

/// The folder with both, and with their keys.
#[derive(Clone, Debug)]
pub struct Certificate(PathBuf);

impl Certificate {
    /// Makes one for `names`, such as `DNS:app.example.com,IP:127.0.0.1`, in a folder of the user
    /// as whom PostgreSQL runs: it takes no key of anybody else's.
    pub(crate) fn make(programs: &Programs, folder: &str, names: &str) -> Result<Self, NoPostgres> {
        let certificate = Self(folder.into());
        let [authority, authority_key, chain, key] = [
            certificate.authority(),
            certificate.0.join("authority.key"),
            certificate.chain(),
            certificate.key(),
        ]
        .map(|path| path.to_string_lossy().into_owned());
        let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
        let new = [&["req", "-x509", "-noenc", "-days", "1"], &curve[..]].concat();
        let root = [
            "-subj",
            "/CN=authority",
            "-out",
            &authority,
            "-keyout",
            &authority_key,
        ];
        programs.run_other("openssl", &[&new[..], &root].concat())?;
        let names = format!("subjectAltName={names}");
        let signed = [
            "-CA",
            &authority,
            "-CAkey",
            &authority_key,
            "-subj",
            "/CN=server",
        ];
        let leaf = [
            "-addext",
            &names,
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ];
        let into = ["-out", &chain, "-keyout", &key];
        programs.run_other("openssl", &[&new[..], &signed, &leaf, &into].concat())?;
        Ok(certificate)
    }

    /// Whom to trust.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.0.join("authority.pem")
    }

    /// What a server shows.
    #[must_use]
    pub fn chain(&self) -> PathBuf {
        self.0.join("server.pem")
    }

    /// What it alone has.
    #[must_use]
    pub fn key(&self) -> PathBuf {
        self.0.join("server.key")
    }
}
