//! On what kind of file system the history lies, and whether there is room on it. Several machines may see the same one, and then neither locks nor
//! shared memory can be relied on.

use std::path::Path;

/// What the system calls the kind (`statfs`), with a name for the reader. Only those that other machines may share.
#[cfg(any(target_os = "linux", test))]
const REMOTE: [(u32, &str); 13] = [
    (0x0000_6969, "NFS"),
    (0x0000_517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB"),
    (0x0102_1997, "9p"),
    (0x5346_414f, "AFS"),
    (0x6b41_4653, "AFS"),
    (0x00c3_6400, "Ceph"),
    (0x0000_564c, "NCP"),
    (0x7375_7245, "Coda"),
    (0x0bd0_0bd0, "Lustre"),
    (0x0116_1970, "GFS2"),
    (0x7461_636f, "OCFS2"),
];

/// The name of a kind that other machines may share; nothing for all others.
#[cfg(any(target_os = "linux", test))]
fn remote_kind(number: u32) -> Option<&'static str> {
    REMOTE.iter().find(|(kind, _)| *kind == number).map(|(_, name)| *name)
}

/// The kind of file system a directory lies on, if other machines may share it.
#[cfg(target_os = "linux")]
pub(super) fn remote(dir: &Path) -> Option<&'static str> {
    let found = rustix::fs::statfs(dir).ok()?;
    // The number is signed on some machines and as wide as a word.
    remote_kind(found.f_type as u32)
}

/// How many bytes can still be written there by this user.
#[cfg(unix)]
pub(super) fn room(dir: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(dir).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
pub(super) fn room(_: &Path) -> Option<u64> {
    None
}

#[cfg(not(target_os = "linux"))]
pub(super) fn remote(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_machines_may_share_is_known_by_its_number() {
        let cases = [
            (0x6969, Some("NFS")),
            (0x517b, Some("SMB")),
            (0xff53_4d42, Some("CIFS")),
            (0x0102_1997, Some("9p")),
            (0xef53, None),      // ext4
            (0x5846_5342, None), // XFS
            (0x9123_683e, None), // Btrfs
            (0x0102_1994, None), // tmpfs
            (0x794c_7630, None), // overlay
            (0x2fc1_2fc1, None), // ZFS
            (0x6573_5546, None), // FUSE: may be anything
        ];
        for (number, kind) in cases {
            assert_eq!(remote_kind(number), kind, "{number:#x}");
        }
        let mut numbers: Vec<u32> = REMOTE.iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), REMOTE.len());
    }

    #[test]
    fn a_place_that_is_not_there_is_none() {
        assert_eq!(remote(Path::new("/no/such/place")), None);
    }
}
