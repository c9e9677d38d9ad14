//! Two versions of the page side by side.

use crate::support::{Cluster, Dist, Person};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_gets_the_files_of_its_own_version_whichever_server_is_asked() {
    let mut cluster = Cluster::start();
    let other_version = Dist::new();
    cluster.b.stop();
    // A debug build reads its page where it starts.
    cluster
        .b
        .becomes(env!("CARGO_BIN_EXE_server"), other_version.path());
    cluster.b.start();
    let somebody = Person::new("nobody@example.com", 1);
    let [a, b] = cluster.origins();
    let file = "/demo-1a2b.js";
    assert_eq!(somebody.get(a, file).await, 404);
    assert_eq!(somebody.get(b, file).await, 200);
    for _ in 0..50 {
        assert_eq!(somebody.get(&cluster.door, file).await, 200);
        assert_eq!(somebody.get(&cluster.door, "/demo-none.js").await, 404);
    }
}
