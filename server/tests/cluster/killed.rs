//! A server that ends without a word, under load.

use crate::support::{Cluster, Load};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_killed_costs_the_requests_it_had_and_nothing_acknowledged() {
    let mut cluster = Cluster::start();
    let load = Load::start(&cluster.door).await;
    cluster.a.kill();
    load.goes_on().await;
    // Out of the list, and in again.
    cluster.guide.shell("identity-rotation");
    let list = std::fs::read_to_string(cluster.guide.path("/etc/nginx/identity-servers")).unwrap();
    assert_eq!(list.matches(" down;").count(), 1, "{list}");
    load.goes_on().await;
    cluster.a.start();
    cluster.guide.shell("identity-rotation");
    cluster.b.kill();
    load.goes_on().await;
    cluster.b.start();
    load.goes_on().await;

    let outcome = load.stop().await;
    let failed = outcome.refused + outcome.cut;
    // Each kill cuts off what was under way, and somebody may meet the gap once more.
    assert!(
        failed <= 4 * 8,
        "{failed} failed, {} were done",
        outcome.done
    );
    outcome.lost_nothing(cluster.origins()).await;
}
