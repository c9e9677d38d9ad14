//! nginx with the document's configuration, before two servers on one PostgreSQL.

use std::{
    fs,
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use test_database::Postgres;

use crate::{
    guide::{Guide, installed},
    support::{Dist, Process, load::until},
};

/// What stands in Debian's nginx.conf, as far as it matters here.
const NGINX_CONF: &str = "
daemon off;
worker_processes 2;
pid FOLDER/nginx.pid;
error_log FOLDER/nginx.log;
events { worker_connections 768; }
http {
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    ssl_ciphers DEFAULT@SECLEVEL=0;
    gzip on;
    access_log off;
    # Clients of other machines than this one, by a header: the server trusts all of 127.0.0.0/8.
    set_real_ip_from 127.0.0.1;
    real_ip_header x-test-client;
    client_body_temp_path FOLDER/client_body;
    proxy_temp_path FOLDER/proxy;
    fastcgi_temp_path FOLDER/fastcgi;
    uwsgi_temp_path FOLDER/uwsgi;
    scgi_temp_path FOLDER/scgi;
    include FOLDER/etc/nginx/conf.d/*.conf;
}
";

/// A certificate for a day, which is its own authority.
const CERTIFICATE: &str = "req -x509 -noenc -days 1 -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
                           -subj /CN=app.example.com -addext subjectAltName=DNS:app.example.com";

const APP: &str = "https://app.example.com";

/// Two servers behind nginx. All ends with this value.
struct Site {
    guide: Guide,
    servers: [Option<Process>; 2],
    /// Where the second server has a page's files, which the first has not.
    dist: Dist,
    nginx: Child,
    _postgres: Postgres,
}

impl Site {
    async fn start() -> Self {
        let postgres = Postgres::start().unwrap();
        let (guide, dist) = (Guide::start(Some(&postgres)), Dist::new());
        // A debug build has no page inside: it reads one from the folder where it starts.
        let page = guide.path("/etc/identity/dist");
        std::os::unix::fs::symlink(dist.path().join("dist"), page).unwrap();
        guide.run("# Whether it would work");
        let folder = guide.path("/");
        let key = guide.path("/etc/identity/app.key");
        let certificate = guide.path("/etc/identity/app.pem");
        let mut openssl = guide.command("openssl");
        openssl.args(CERTIFICATE.split(' ')).arg("-keyout").arg(key);
        let made = openssl.arg("-out").arg(&certificate).output().unwrap();
        assert!(made.status.success(), "{made:?}");

        let place = folder.display().to_string();
        let (nginx_conf, nginx) = (folder.join("nginx.conf"), installed("nginx").unwrap());
        fs::write(&nginx_conf, NGINX_CONF.replace("FOLDER", &place)).unwrap();
        guide.program(
            "nginx",
            &format!(
                "{} -e {place}/nginx.log -c {}",
                nginx.display(),
                nginx_conf.display()
            ),
        );
        let [tls, plain] = &guide.nginx_addrs;
        let curlrc = format!(
            "cacert = {}\nconnect-to = app.example.com:443:{tls}\n\
             connect-to = app.example.com:80:{plain}\n",
            certificate.display()
        );
        fs::write(folder.join(".curlrc"), curlrc).unwrap();
        guide.write("/etc/nginx/conf.d/identity.conf");
        let mut command = guide.command("nginx");
        let nginx = command
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut site = Self {
            guide,
            servers: [None, None],
            dist,
            nginx,
            _postgres: postgres,
        };
        site.start_server(0);
        site.start_server(1);
        let tls = site.guide.nginx_addrs[0].clone();
        until("that nginx listens", async || {
            TcpStream::connect(&tls).is_ok()
        })
        .await;
        site.guide.run("# nginx takes it");
        site
    }

    fn start_server(&mut self, index: usize) {
        let folder = [Path::new("/"), self.dist.path()][index];
        let addr = &self.guide.addrs[index];
        let server = self.guide.server(addr, folder, &[("SIGN_IN_LIMIT", "1")]);
        self.servers[index] = Some(server);
    }

    fn stop_server(&mut self, index: usize) {
        let server = self.servers[index].take().unwrap();
        server.terminate();
        assert_eq!(server.ended().code, Some(0));
    }

    /// Curl with these arguments, on a machine with one browser's cookies: the status and the body.
    fn curl(&self, arguments: &[&str]) -> (String, String) {
        let mut curl = self.guide.command("curl");
        let jar = self.guide.path("/jar");
        curl.arg("--cookie").arg(&jar).arg("--cookie-jar").arg(&jar);
        curl.args(["--silent", "--write-out", "\n%{http_code}"])
            .args(arguments);
        let output = curl.output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        let (body, status) = printed.rsplit_once('\n').unwrap();
        (status.to_owned(), body.to_owned())
    }

    /// Calls a server function: the status and the answer.
    fn call(&self, endpoint: &str, body: &Value, more: &[&str]) -> (String, Value) {
        let (body, url) = (body.to_string(), format!("{APP}/api/{endpoint}"));
        let json = [
            "--header",
            "content-type: application/json",
            "--data",
            &body,
            &url,
        ];
        let (status, body) = self.curl(&[&json, more].concat());
        (status, serde_json::from_str(&body).unwrap_or_default())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // SIGTERM, so that it ends its workers.
        let id = self.nginx.id().to_string();
        drop(Command::new("kill").arg(id).status());
        drop(self.nginx.wait());
        if std::thread::panicking() {
            let log = fs::read_to_string(self.guide.path("/nginx.log"));
            println!("nginx: {}", log.unwrap_or_default());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nginx_as_the_document_has_it_serves_two_servers_and_refuses_what_it_should() {
    let mut site = Site::start().await;
    assert_eq!(site.guide.run("# From outside"), "okok");
    signs_in_and_out(&site);
    counts_by_the_clients_address(&site);
    refuses(&site).await;
    goes_on_while_servers_come_and_go(&mut site).await;
}

fn signs_in_and_out(site: &Site) {
    let credentials = json!({ "email": "pro@acme.test", "password": "reqio-demo" });
    let (status, user) = site.call("sign_in", &credentials, &[]);
    assert_eq!(
        (&*status, &user["email"]),
        ("200", &json!("pro@acme.test")),
        "{user}"
    );
    let cookies = fs::read_to_string(site.guide.path("/jar")).unwrap();
    assert!(cookies.contains("__Host-session"), "{cookies}");
    assert_eq!(
        site.call("identity_token", &json!({}), &[]).1["expires_in"],
        300
    );

    let compressed = ["--include", "--header", "accept-encoding: gzip, br"];
    let page = format!("{APP}/server-rendered");
    let (_, page) = site.curl(&[&compressed[..], &[&page]].concat());
    assert!(page.contains("data-identity-token="), "{page}");
    assert!(!page.contains("content-encoding"), "{page}");

    assert_eq!(site.call("sign_out", &json!({}), &[]).0, "200");
    assert_eq!(site.call("identity_token", &json!({}), &[]).0, "401");
}

fn counts_by_the_clients_address(site: &Site) {
    let guess = |client: &str, claim: &str| {
        let body = json!({ "email": "scale@acme.test", "password": "a wrong guess" });
        let client = format!("x-test-client: {client}");
        let claim = format!("x-forwarded-for: {claim}");
        let headers = ["--header", &client, "--header", &claim];
        site.call("sign_in", &body, &headers).0
    };
    assert_eq!(guess("198.51.100.1", "192.0.2.1"), "401");
    assert_eq!(
        guess("198.51.100.1", "192.0.2.2"),
        "429",
        "whatever it claims"
    );
    assert_eq!(guess("198.51.100.2", "192.0.2.1"), "401", "another client");
}

async fn refuses(site: &Site) {
    let (status, head) = site.curl(&["--include", "http://app.example.com/p?q=1"]);
    assert_eq!(status, "308");
    assert!(
        head.contains("Location: https://app.example.com/p?q=1\r\n"),
        "{head}"
    );
    for old in ["1.0", "1.1"] {
        let arguments = ["--tls-max", old, "--ciphers", "DEFAULT@SECLEVEL=0", APP];
        assert_eq!(site.curl(&arguments).0, "000", "TLS {old} is spoken");
    }
    let large = json!({ "email": "a".repeat(17 * 1024) });
    // nginx refuses it: the server's answer would be JSON.
    assert_eq!(
        site.call("sign_in", &large, &[]),
        ("413".to_owned(), Value::Null)
    );
    let foreign = ["--header", "origin: https://elsewhere.example"];
    assert_eq!(site.call("session", &json!({}), &foreign).0, "403");

    // Requests that do not end, of which one client may have two here. Each round begins another,
    // as the one before may have been refused while the round's own request was there.
    let url = format!("{APP}/api/session");
    let mut endless = Vec::new();
    until("that a request too many is refused", async || {
        let mut curl = site.guide.command("curl");
        curl.args(["--silent", "--request", "POST", "--upload-file", "-", &url]);
        curl.stdin(Stdio::piped()).stdout(Stdio::null());
        endless.push(curl.spawn().unwrap());
        let (status, answer) = site.call("session", &json!({}), &[]);
        status == "503" && answer["error"] == "unavailable"
    })
    .await;
    let elsewhere = ["--header", "x-test-client: 198.51.100.3"];
    let other = site.call("session", &json!({}), &elsewhere);
    assert_eq!(other.0, "200", "another client");
    for curl in &mut endless {
        curl.kill().unwrap();
        curl.wait().unwrap();
    }
    until("that the client is served again", async || {
        site.call("session", &json!({}), &[]).0 == "200"
    })
    .await;
}

async fn goes_on_while_servers_come_and_go(site: &mut Site) {
    let assert_serves = |site: &Site| {
        for _ in 0..10 {
            assert_eq!(site.call("session", &json!({}), &[]).0, "200");
        }
        // The second server alone has it.
        for _ in 0..10 {
            assert_eq!(site.curl(&[&format!("{APP}/demo-1a2b.js")]).0, "200");
        }
    };
    // So does the page tell who made it.
    let all_are_from_the_second = |site: &Site| {
        let pages = (0..10).map(|_| site.curl(&[APP]).1);
        pages.filter(|page| page.contains(Dist::SCRIPT)).count() == 10
    };
    assert_serves(site);
    assert!(!all_are_from_the_second(site));
    site.guide.run("# Hold it out");
    until("that it is held out", async || {
        all_are_from_the_second(site)
    })
    .await;
    site.stop_server(0);
    assert_serves(site);
    site.start_server(0);
    site.guide.run("# Let it in");
    until("that it is let in", async || !all_are_from_the_second(site)).await;

    site.stop_server(0);
    assert_serves(site);
    site.stop_server(1);
    let (status, answer) = site.curl(&["--include", APP]);
    assert_eq!(status, "503");
    assert!(answer.contains("retry-after: 5\r\n"), "{answer}");
    assert!(answer.contains(r#"{"error":"unavailable","#), "{answer}");
    site.start_server(1);
    until("that it is found again", async || {
        site.call("session", &json!({}), &[]).0 == "200"
    })
    .await;
}
