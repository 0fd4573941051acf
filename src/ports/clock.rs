//! What time it is, in which zone, and how long something took. Lengths of time count the hours a laptop slept:
//! a link that ended meanwhile has ended. A fixed clock is for tests and moves only when told to.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A clock, handed to whoever needs the present. Copies show the same time.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: TimeZone,
    hands: Hands,
}

#[derive(Clone, Debug)]
enum Hands {
    System,
    /// The present, and how much of it has been let pass.
    Fixed(Arc<Mutex<(Timestamp, Duration)>>),
}

impl Clock {
    /// The clock of this machine in the given zone, else in the machine's own.
    pub fn system(zone: Option<TimeZone>) -> Clock {
        Clock { zone: zone.or_else(machine_zone).unwrap_or_else(TimeZone::system), hands: Hands::System }
    }

    /// A clock that stands still at `now`.
    pub fn fixed(now: Timestamp, zone: TimeZone) -> Clock {
        Clock { zone, hands: Hands::Fixed(Arc::new(Mutex::new((now, Duration::ZERO)))) }
    }

    pub fn now(&self) -> Timestamp {
        match &self.hands {
            Hands::System => Timestamp::now(),
            Hands::Fixed(hands) => hands.lock().unwrap_or_else(PoisonError::into_inner).0,
        }
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// Time since an arbitrary beginning: never goes back, whatever happens to the wall clock, and counts sleep
    /// where the system can tell.
    pub fn elapsed(&self) -> Duration {
        match &self.hands {
            Hands::System => since_boot(),
            Hands::Fixed(hands) => hands.lock().unwrap_or_else(PoisonError::into_inner).1,
        }
    }

    /// Lets time pass on a fixed clock; the system's does not listen.
    pub fn advance(&self, by: Duration) {
        if let Hands::Fixed(hands) = &self.hands {
            let mut hands = hands.lock().unwrap_or_else(PoisonError::into_inner);
            hands.0 = hands.0.checked_add(by).unwrap_or(Timestamp::MAX);
            hands.1 = hands.1.saturating_add(by);
        }
    }
}

/// A zone read from the one file of its name; nothing where there is no such file at the usual place. Whoever gets
/// nothing may look it up in the zone database, which takes longer (see `machine_zone`).
#[cfg(unix)]
pub fn zone(name: &str) -> Option<TimeZone> {
    let plain = |part: &str| {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b"+-_".contains(&byte);
        !part.is_empty() && part.bytes().all(known)
    };
    if std::env::var_os("TZDIR").is_some() || !name.split('/').all(plain) {
        return None;
    }
    let rules = std::fs::read(std::path::Path::new("/usr/share/zoneinfo").join(name)).ok()?;
    TimeZone::tzif(name, &rules).ok()
}

#[cfg(not(unix))]
pub fn zone(_: &str) -> Option<TimeZone> {
    None
}

/// The machine's zone, read from the one file that says it. Looking it up in the zone database would walk the whole
/// of it first, which is more than everything else on the way to the first frame.
#[cfg(unix)]
fn machine_zone() -> Option<TimeZone> {
    if std::env::var_os("TZ").is_some_and(|zone| !zone.is_empty()) {
        return None;
    }
    let target = std::fs::canonicalize("/etc/localtime").ok()?;
    let name = target.to_str()?.split_once("zoneinfo/")?.1;
    let rules = std::fs::read(&target).ok()?;
    TimeZone::tzif(name, &rules).ok()
}

#[cfg(not(unix))]
fn machine_zone() -> Option<TimeZone> {
    None
}

#[cfg(any(target_os = "linux", target_os = "android", target_os = "macos"))]
fn since_boot() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(not(target_os = "macos"))]
    let counting_sleep = ClockId::Boottime;
    #[cfg(target_os = "macos")]
    let counting_sleep = ClockId::Monotonic; // mach's continuous time: sleep is in it
    let time = clock_gettime(counting_sleep);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "macos")))]
fn since_boot() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static BEGINNING: OnceLock<Instant> = OnceLock::new();
    BEGINNING.get_or_init(Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    use std::io::Write;

    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told_to() {
        let now: Timestamp = "2026-11-21T14:02:07Z".parse().unwrap();
        let clock = Clock::fixed(now, TimeZone::UTC);
        let copy = clock.clone();
        clock.advance(Duration::from_secs(90));
        assert_eq!(copy.now().to_string(), "2026-11-21T14:03:37Z");
        assert_eq!(copy.elapsed(), Duration::from_secs(90));
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }

    #[cfg(unix)]
    #[test]
    fn a_zones_file_says_what_the_database_says() {
        for name in ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+3"] {
            let Some(read) = zone(name) else {
                // past the test harness, which keeps the output of a passing test to itself
                let _ =
                    writeln!(std::io::stderr(), "SKIPPED: this system has no file of {name} to compare with");
                continue;
            };
            assert_eq!(read, TimeZone::get(name).unwrap(), "{name}");
            assert_eq!(read.iana_name(), Some(name));
        }
        for none in
            ["", "/etc/localtime", "../zoneinfo/Europe/Berlin", "Europe//Berlin", "Europe", "No/Where"]
        {
            assert_eq!(zone(none), None, "{none}");
        }
    }

    #[test]
    fn the_systems_clock_never_goes_back() {
        let clock = Clock::system(Some(TimeZone::UTC));
        let earlier = clock.elapsed();
        assert!(clock.elapsed() >= earlier && earlier > Duration::ZERO);
        assert_eq!(clock.zone(), &TimeZone::UTC);
    }
}
