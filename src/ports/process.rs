//! This process itself, as the system sees it. Keys are in its memory and may be in its environment, so other processes
//! of the same user may not look into it, and no core is left when it breaks.

/// Closes this process to others; to be called before anything is read. Where the system refuses, nothing is lost but
/// the protection.
#[cfg(unix)]
pub fn close_to_others() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // The hard limit too: children have no use for cores either.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    // From here on `/proc/self` belongs to root: what is read of it must not matter.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable);
}

#[cfg(not(unix))]
pub fn close_to_others() {}
