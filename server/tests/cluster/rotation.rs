//! A server that alone has lost its database.

use std::fs;

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::support::{Cluster, Person, is_not_now, until};

/// A way to the database that can be cut.
struct Way {
    addr: String,
    carrying: JoinHandle<()>,
}

impl Way {
    async fn at(addr: &str, port: u16) -> Self {
        let listener = TcpListener::bind(addr).await.unwrap();
        let addr = listener.local_addr().unwrap().to_string();
        let carrying = tokio::spawn(async move {
            let mut carried = tokio::task::JoinSet::new();
            while let Ok((mut from, _)) = listener.accept().await {
                carried.spawn(async move {
                    let mut to = TcpStream::connect(("127.0.0.1", port)).await?;
                    copy_bidirectional(&mut from, &mut to).await
                });
            }
        });
        Self { addr, carrying }
    }

    async fn cut(self) -> String {
        self.carrying.abort();
        drop(self.carrying.await);
        self.addr
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_has_lost_its_database_gets_requests_again_once_it_has_it_again() {
    let mut cluster = Cluster::start();
    let port = cluster.postgres.port();
    // Not one of the system's choice, which somebody else could get while the way is cut.
    let way = Way::at(&test_database::own_addr().unwrap().to_string(), port).await;
    cluster.a.stop();
    let env = fs::read_to_string(cluster.guide.path("/etc/identity/.env")).unwrap();
    let url = env
        .lines()
        .find_map(|line| line.strip_prefix("DATABASE_URL='"));
    let url = url.unwrap().trim_end_matches('\'');
    let url = url.replace(&format!("127.0.0.1:{port}"), &way.addr);
    cluster.a.set("DATABASE_URL", &url);
    cluster.a.start();
    let origin = cluster.a.origin.clone();
    let mut ada = Person::new("ada@example.com", 1);
    ada.sign_up(&origin).await.ok();

    let addr = way.cut().await;
    until("that it is not ready", async || {
        ada.get(&origin, "/readyz").await == 503
    })
    .await;
    is_not_now(&ada.mint(&origin).await);
    assert_eq!(ada.get(&origin, "/healthz").await, 200);
    cluster.guide.shell("identity-rotation");
    // Those that nginx had begun to serve by the list of before are no more than these.
    for _ in 0..50 {
        assert_eq!(ada.mint(&cluster.door).await.status, 200);
    }

    let _way = Way::at(&addr, port).await;
    until("that it is ready", async || {
        ada.get(&origin, "/readyz").await == 200
    })
    .await;
    cluster.guide.shell("identity-rotation");
    cluster.b.kill();
    for _ in 0..50 {
        assert_eq!(ada.mint(&cluster.door).await.status, 200);
    }
}
