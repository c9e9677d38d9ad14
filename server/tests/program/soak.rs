//! A long run, by hand:
//! `cargo test -p server --release --test program -- --ignored --nocapture soak`.
#![cfg(target_os = "linux")]

use std::{
    fs,
    time::{Duration, Instant},
};

use crate::support::{Process, load::Load};

const DURATION: Duration = Duration::from_secs(600);
const BETWEEN_SAMPLES: Duration = Duration::from_secs(10);
/// What the allocator and SQLite's caches may add in the second half.
const MOST_GROWTH_KB: u64 = 8 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes ten minutes"]
async fn soak_of_mixed_load_leaves_memory_and_file_descriptors_flat() {
    let folder = tempfile::tempdir().unwrap();
    let variables = [
        ("SIGN_IN_LIMIT", "1000000"),
        ("RUST_LOG", "warn,server=info"),
    ];
    let mut process = Process::spawn(folder.path(), &variables, &[]);
    let load = Load::start(&[&process.origin()], "load");
    let began = Instant::now();
    let mut samples = Vec::new();
    while began.elapsed() < DURATION {
        tokio::time::sleep(BETWEEN_SAMPLES).await;
        let descriptors = fs::read_dir(format!("/proc/{}/fd", process.id())).unwrap();
        samples.push((process.resident_memory(), descriptors.count()));
    }
    let outcome = load.stop().await;
    assert_eq!((outcome.refused, outcome.cut_off), (0, 0));
    let (early, late) = samples.split_at(samples.len() / 2);
    let most = |half: &[(u64, usize)]| {
        let memory = half.iter().map(|(memory, _)| *memory).max();
        let descriptors = half.iter().map(|(_, descriptors)| *descriptors).max();
        (memory.unwrap(), descriptors.unwrap())
    };
    let ((memory, descriptors), (later_memory, later_descriptors)) = (most(early), most(late));
    println!(
        "{} requests; at most {memory} kB and {descriptors} descriptors in the first half, \
         {later_memory} kB and {later_descriptors} in the second",
        outcome.answered
    );
    assert!(
        later_memory <= memory + MOST_GROWTH_KB && later_descriptors <= descriptors + 4,
        "{samples:?}"
    );
}
