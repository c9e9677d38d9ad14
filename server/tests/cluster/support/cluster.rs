//! The whole of it, set up in the order of docs/deploy.md.

use std::{fs, process::Command};

use tempfile::TempDir;
use test_database::{Postgres, own_addr};

use super::{Guide, nginx, nginx::Nginx, release, server::Server};

/// Two servers, a PostgreSQL that demands encryption, and nginx with TLS.
pub(crate) struct Cluster {
    pub(crate) a: Server,
    pub(crate) b: Server,
    pub(crate) postgres: Postgres,
    pub(crate) guide: Guide,
    pub(crate) nginx: Nginx,
    /// A door of nginx's beside the one with TLS, for many who would all have to shake hands.
    pub(crate) door: String,
    folder: TempDir,
}

/// As Reqio's values stand in the document.
const REQIO: [&str; 2] = [
    "REQIO_PROJECT_ID='your-project-id'",
    "REQIO_SECRET='the-secret-exactly-as-reqio-shows-it'",
];

/// A sandbox for others, in whose mode plans change at a click.
pub(crate) const SANDBOX: [&str; 2] = [
    "SANDBOX_PUBLIC_URL='https://sandbox.example.com'",
    "SANDBOX_ADDR='127.0.0.1:0'",
];

/// A project of the real Reqio.
pub(crate) const NO_SANDBOX: [&str; 2] = [
    "REQIO_PROJECT_ID='acme'",
    "REQIO_SECRET='the first secret, of more than 32 bytes'",
];

impl Cluster {
    /// In sandbox mode, with more attempts to sign in than any test needs.
    pub(crate) fn start() -> Self {
        Self::with(SANDBOX, "1000000")
    }

    /// With these two lines for Reqio's, and this many attempts a minute.
    pub(crate) fn with(reqio: [&str; 2], sign_in_limit: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        // One for both: PostgreSQL by its address, nginx by its name.
        let names = "DNS:app.example.com,IP:127.0.0.1";
        let (postgres, certificate) = Postgres::start_encrypted(names).unwrap();
        let [a, b, tls, plain, door] = [(); 5].map(|()| own_addr().unwrap().to_string());
        let nginx = nginx::prepare(root);
        let guide = Guide::new(
            root,
            vec![
                (
                    "target/release/server",
                    release::server().display().to_string(),
                ),
                ("127.0.0.1:3000", a.clone()),
                ("127.0.0.1:3001", b.clone()),
                ("listen 443", format!("listen {door};\n    listen {tls}")),
                ("listen 80", format!("listen {plain}")),
                ("db.example.com", format!("127.0.0.1:{}", postgres.port())),
                ("nginx -s", format!("{nginx} -s")),
                ("nginx -t", format!("{nginx} -t")),
            ],
        );
        let curl = format!(
            "connect-to = \"app.example.com:443:{tls}\"\n\
             connect-to = \"app.example.com:80:{plain}\"\n"
        );
        let trust = format!("cacert = \"{}\"\n", certificate.authority().display());
        fs::write(root.join(".curlrc"), curl + &trust).unwrap();

        guide.run("# The program");
        let made = postgres.administer("postgres", &guide.block("-- The database"));
        made.unwrap();
        guide.write("/etc/identity/.env", |text| {
            let text = text.replace(REQIO[0], reqio[0]).replace(REQIO[1], reqio[1]);
            text + "SIGN_IN_LIMIT=" + sign_in_limit + "\n"
        });
        let copy = |from, to| fs::copy(from, guide.path(to)).unwrap();
        copy(certificate.authority(), "/etc/identity/authority.pem");
        copy(certificate.chain(), "/etc/identity/app.pem");
        copy(certificate.key(), "/etc/identity/app.key");
        let (mut a, mut b) = (Server::new(&guide, &a), Server::new(&guide, &b));
        guide.run("# Whether it would work");
        a.start();
        b.start();

        guide.write("/etc/nginx/conf.d/identity.conf", |text| text);
        guide.write("/usr/local/sbin/identity-rotation", |text| text);
        guide.run("# The first list");
        let nginx = Nginx::start(&nginx, root, &tls);
        Self {
            a,
            b,
            postgres,
            guide,
            nginx,
            door: format!("http://{door}"),
            folder,
        }
    }

    /// Both servers.
    pub(crate) fn servers(&self) -> [&Server; 2] {
        [&self.a, &self.b]
    }

    /// Where both are reached past nginx.
    pub(crate) fn origins(&self) -> [&str; 2] {
        self.servers().map(|server| server.origin.as_str())
    }

    /// Brings a new version, or what else is new, to one server after the other.
    pub(crate) async fn update(&mut self, meanwhile: &impl AsyncFn()) {
        for addr in self.servers().map(|server| server.addr().to_owned()) {
            self.hold_out(&addr);
            meanwhile().await;
            let is_a = addr == self.a.addr();
            let server = if is_a { &mut self.a } else { &mut self.b };
            server.stop();
            *server = Server::new(&self.guide, &addr);
            server.start();
            self.let_in(&addr);
            meanwhile().await;
        }
    }

    /// Has nginx hand nothing to the server at `addr`.
    pub(crate) fn hold_out(&self, addr: &str) {
        self.step_for(addr, "# Hold it out");
    }

    /// Has nginx hand requests to it again.
    pub(crate) fn let_in(&self, addr: &str) {
        self.step_for(addr, "# Let it in");
    }

    /// What the document does with the first server.
    fn step_for(&self, addr: &str, step: &str) {
        let step = self.guide.block(step);
        self.guide.shell(&step.replace(self.a.addr(), addr));
    }

    /// Curl, as somebody on the machine 127.0.0.`machine`, and what it prints.
    #[track_caller]
    pub(crate) fn curl(&self, machine: u8, arguments: &[&str]) -> String {
        self.try_curl(machine, arguments).unwrap()
    }

    /// The same, or `None` if it could not do what it was asked.
    pub(crate) fn try_curl(&self, machine: u8, arguments: &[&str]) -> Option<String> {
        let mut curl = Command::new("curl");
        let from = format!("127.0.0.{machine}");
        curl.args(["--silent", "--show-error", "--interface", &from]);
        curl.args(arguments).env("CURL_HOME", self.folder.path());
        let output = curl.output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        output.status.success().then_some(printed)
    }
}
