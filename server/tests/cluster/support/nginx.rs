//! A real nginx with the configuration of docs/deploy.md, in a folder of its own.

use std::{
    fs,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use super::PATIENCE;

/// What Debian's own nginx.conf sets and includes, as far as it matters here.
const AROUND: &str = "
worker_processes 2;
daemon off;
pid PLACE/run/nginx.pid;
error_log PLACE/nginx.log;
events { worker_connections 768; }
http {
    types_hash_max_size 2048;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    gzip on;
    access_log off;
    client_body_temp_path PLACE/bodies;
    proxy_temp_path PLACE/proxied;
    fastcgi_temp_path PLACE/fastcgi;
    uwsgi_temp_path PLACE/uwsgi;
    scgi_temp_path PLACE/scgi;
    include PLACE/etc/nginx/conf.d/*.conf;
}
";

/// A running nginx; it ends with the test.
pub(crate) struct Nginx {
    child: Child,
    log: PathBuf,
}

/// Puts Debian's part of the configuration in the folder, and answers how nginx is called with it.
pub(crate) fn prepare(folder: &Path) -> String {
    let place = folder.display().to_string();
    fs::create_dir_all(folder.join("run")).unwrap();
    fs::write(folder.join("nginx.conf"), AROUND.replace("PLACE", &place)).unwrap();
    format!("nginx -e {place}/nginx.log -c {place}/nginx.conf")
}

impl Nginx {
    /// Starts it as `command` says, and waits until it listens at `addr`.
    #[track_caller]
    pub(crate) fn start(command: &str, folder: &Path, addr: &str) -> Self {
        let mut nginx = Command::new("sh");
        nginx
            .args(["-c", &format!("exec {command}")])
            .stdin(Stdio::null());
        let child = nginx.stderr(Stdio::null()).spawn().unwrap();
        let log = folder.join("nginx.log");
        let mut nginx = Self { child, log };
        let began = Instant::now();
        while TcpStream::connect(addr).is_err() {
            let ended = nginx.child.try_wait().unwrap();
            assert!(
                ended.is_none() && began.elapsed() < PATIENCE,
                "{}",
                nginx.log()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        nginx
    }

    /// What it complains of.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // By a signal that lets it end its workers.
        let id = self.child.id().to_string();
        drop(Command::new("kill").args(["-TERM", &id]).status());
        drop(self.child.wait());
    }
}
