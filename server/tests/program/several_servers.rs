//! Two servers on one PostgreSQL that goes away and comes back, and that are replaced one by one.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use serde_json::json;
use sqlx::{Connection as _, PgConnection};
use test_database::{Postgres, TestDatabase, own_addr};
use tokio::task::JoinSet;

use crate::support::{
    Process, Visitor,
    load::{Load, assert_unavailable, session_of, until},
    verify,
};

/// How long somebody waits at most to be told that the database is gone.
const SOON: Duration = Duration::from_secs(5);

/// A server with these variables, at an address that it has again after a restart.
struct Server {
    process: Process,
    addr: String,
    origin: String,
}

impl Server {
    fn start(folder: &Path, addr: &str, variables: &[(&str, &str)]) -> Self {
        let variables = [&[("ADDR", addr), ("SIGN_IN_LIMIT", "1000000")], variables].concat();
        let mut process = Process::spawn(folder, &variables, &[]);
        Self {
            origin: process.origin(),
            process,
            addr: addr.to_owned(),
        }
    }

    /// Replaces it by one with these variables, as `systemctl restart` does.
    fn restart(self, folder: &Path, variables: &[(&str, &str)]) -> Self {
        self.process.terminate();
        let ended = self.process.ended();
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        Self::start(folder, &self.addr, variables)
    }

    async fn readyz(&self) -> u16 {
        Visitor::new(&self.origin).get("/readyz").await.status
    }
}

/// Two servers with these variables.
fn two_servers(folder: &Path, variables: &[(&str, &str)]) -> [Server; 2] {
    [(); 2].map(|()| Server::start(folder, &own_addr().unwrap().to_string(), variables))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_of_the_database_costs_errors_while_it_lasts_and_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut postgres = Postgres::start().unwrap();
    let url = postgres.create_database().unwrap();
    let servers = two_servers(folder.path(), &[("DATABASE_URL", &url)]);
    let origins = [&*servers[0].origin, &*servers[1].origin];
    let load = Load::start(&origins, "load");
    load.goes_on(50).await;
    for end in [Postgres::stop, Postgres::crash] {
        end(&mut postgres).unwrap();
        load.is_refused().await;
        for server in &servers {
            a_hundred_are_refused_soon(&server.origin).await;
            until("that it is not ready", async || {
                server.readyz().await == 503
            })
            .await;
            let visitor = Visitor::new(&server.origin);
            assert_eq!(visitor.get("/healthz").await.status, 200, "it lives");
        }
        postgres.resume().unwrap();
        for server in &servers {
            until("that it is ready", async || server.readyz().await == 200).await;
        }
        load.goes_on(50).await;
    }
    // As in a failover: all connections are cut, and the database is there.
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for _ in 0..3 {
        let mut connection = PgConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(cut).execute(&mut connection).await.unwrap();
        load.goes_on(50).await;
    }
    let mut outcome = load.stop().await;
    println!("{} answered, {} refused", outcome.answered, outcome.refused);
    assert_eq!(outcome.cut_off, 0, "each request was answered");
    outcome.assert_nothing_lost(&origins).await;
}

async fn a_hundred_are_refused_soon(origin: &str) {
    let cookie = format!("session={}", "0123456789abcdef".repeat(4));
    let began = Instant::now();
    let mut asking = JoinSet::new();
    for _ in 0..100 {
        let visitor = Visitor::with_cookie(origin, &cookie);
        asking.spawn(async move { visitor.call("identity_token", json!({})).await });
    }
    for answer in asking.join_all().await {
        assert_unavailable(&answer);
    }
    assert!(began.elapsed() < SOON, "after {:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_server_by_server_fails_no_request_and_signs_nobody_out() {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::in_postgres();
    let variables = [("DATABASE_URL", &*database.url)];
    let mut servers = two_servers(folder.path(), &variables).map(Some);
    let origins = servers
        .each_ref()
        .map(|server| server.as_ref().unwrap().origin.clone());
    let origins = [&*origins[0], &*origins[1]];
    let load = Load::start(&origins, "load");
    for (server, origin) in servers.iter_mut().zip(origins) {
        load.goes_on(50).await;
        load.hold_out(origin);
        load.goes_on(50).await;
        *server = Some(server.take().unwrap().restart(folder.path(), &variables));
        load.let_in(origin);
    }
    load.goes_on(50).await;
    let mut outcome = load.stop().await;
    assert_eq!((outcome.refused, outcome.cut_off), (0, 0));
    outcome.assert_nothing_lost(&origins).await;
}

#[tokio::test]
async fn another_secret_signs_nobody_out_and_signs_every_token_from_then_on() {
    const OLD: &str = "the first secret, of more than 32 bytes";
    const NEW: &str = "the second secret: of more than 32 bytes";
    let folder = tempfile::tempdir().unwrap();
    let database = TestDatabase::in_postgres();
    let url = &*database.url;
    let with = |secret| {
        let project = ("REQIO_PROJECT_ID", "acme");
        [("DATABASE_URL", url), project, ("REQIO_SECRET", secret)]
    };
    let servers = two_servers(folder.path(), &with(OLD));
    let signed_up = Visitor::new(&servers[0].origin)
        .sign_up("ada@example.com")
        .await;
    let (cookie, id) = (session_of(&signed_up), signed_up.ok()["id"].clone());
    let assert_signs = async |server: &Server, secret| {
        let ada = Visitor::with_cookie(&server.origin, &cookie);
        let claims = verify(&ada.token().await, secret, "https://reqio.app/p/acme");
        assert_eq!(claims["sub"], id);
    };
    for server in servers {
        assert_signs(&server, OLD).await;
        let server = server.restart(folder.path(), &with(NEW));
        assert_signs(&server, NEW).await;
    }
}
