//! A new version, server by server, under load, and the way back.

use crate::support::{Cluster, Load};

async fn update_felt_by_nobody(cluster: &mut Cluster, load: Load) {
    cluster.update(&async || load.goes_on().await).await;
    let outcome = load.stop().await;
    outcome.is_undisturbed();
    outcome.lost_nothing(cluster.origins()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_server_by_server_fails_no_request_and_signs_nobody_out() {
    let mut cluster = Cluster::start();
    let load = Load::start(&cluster.door).await;
    update_felt_by_nobody(&mut cluster, load).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_is_taken_back_under_load_though_the_tables_are_those_of_the_newer_version() {
    let mut cluster = Cluster::start();
    let load = Load::start(&cluster.door).await;
    let newer = "ALTER TABLE users ADD COLUMN locale TEXT NOT NULL DEFAULT 'en';
         ALTER TABLE sessions ADD COLUMN device TEXT;
         INSERT INTO _sqlx_migrations
         (version, description, success, checksum, execution_time)
         VALUES (9999, 'of tomorrow', TRUE, '', 0)";
    cluster.postgres.administer("identity", newer).unwrap();
    update_felt_by_nobody(&mut cluster, load).await;
}
