//! Memory: what a hashed password took goes back to the system at once.

/// From this size on, in bytes, memory is the system's own to give and take, and not the heap's.
/// Hashing a password takes 19 MiB; nothing else here comes near.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: i32 = 1024 * 1024;

/// glibc raises that size to whatever was freed last, and then keeps 40 MB for each thread that
/// ever hashed. Setting it once keeps it as it is. To be called before other threads start.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub(crate) fn give_back() {
    // SAFETY: mallopt only stores a number, and no other thread runs yet.
    #[expect(unsafe_code, reason = "no library offers this one call")]
    let is_set = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE) };
    debug_assert_eq!(is_set, 1, "the number is within mallopt's limits");
}

/// Elsewhere the system's allocator gives large pieces back by itself.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(crate) fn give_back() {}
