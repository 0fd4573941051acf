//! Storage that fails, one way after the other, for the command line and for the console: the link is made, shown and
//! copied, a sentence says what is not saved, and nothing that was there is overwritten or deleted.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use roomkey::sandbox::PROVIDERS;

use crate::chance::is_full;
use crate::ledger::{listed, words};
use crate::screen::Console;
use crate::skipped::skipped;
use crate::stage::{Ran, Stage, finish};
use crate::sweep::can_trace;

/// What becomes of a creation where storage fails in some way.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    /// It is not saved, and that is said.
    Unsaved,
    /// What was there is set aside whole, and a new history begun, which is said.
    SetAside,
    /// It is saved as always.
    Saved,
    /// Either of the latter: that depends on what SQLite has to read.
    SavedAnyhow,
}

/// A place whose storage fails.
struct Spoiled {
    stage: Stage,
    /// The words before the program.
    by: Vec<String>,
    program: PathBuf,
    /// Holds the file, and what the files held before: reading them later would give up this process's locks.
    outsider: Option<(rusqlite::Connection, BTreeMap<PathBuf, Vec<u8>>)>,
}

const NOBODY: u32 = 65534;

impl Spoiled {
    /// A history with one entry in it.
    fn new(provider: &str) -> Spoiled {
        let stage = Stage::new();
        let early =
            finish(stage.command().arg("--config").arg(stage.config()).args(words(provider, "early")));
        assert_eq!(early.code, 0, "{early:?}");
        let program = PathBuf::from(env!("CARGO_BIN_EXE_roomkey"));
        Spoiled { stage, by: Vec::new(), program, outsider: None }
    }

    fn dir(&self) -> PathBuf {
        self.stage.home().join("state/roomkey")
    }

    fn db(&self) -> PathBuf {
        self.dir().join("history.db")
    }

    fn by(mut self, words: &[&str]) -> Spoiled {
        self.by = words.iter().map(|word| (*word).to_owned()).collect();
        self
    }

    fn shell(self, setup: &str) -> Spoiled {
        let line = format!("{setup}; exec \"$@\"");
        self.by(&["sh", "-c", &line, "sh"])
    }

    /// Run by a user for whom modes hold: root is asked for none.
    fn by_nobody(mut self) -> Spoiled {
        if !is_root() {
            return self;
        }
        let program = self.stage.home().join("roomkey");
        // By another process: what this one has open to write cannot be run while another thread starts children.
        assert!(Command::new("cp").arg(&self.program).arg(&program).status().unwrap().success());
        self.program = program;
        for path in tree(self.stage.home()).into_iter().chain([self.stage.home().to_owned()]) {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let nobody = NOBODY.to_string();
        self.by(&["setpriv", "--reuid", &nobody, "--regid", &nobody, "--clear-groups"])
    }

    /// The program with these arguments, started in the way of this place.
    fn run(&self, arguments: &[String]) -> Ran {
        let plain = self.stage.command();
        let mut argv = self.by.clone();
        argv.push(self.program.display().to_string());
        let mut command = Command::new(&argv[0]);
        command.env_clear().envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.current_dir(self.stage.home()).args(&argv[1..]);
        command.arg("--config").arg(self.stage.config()).args(arguments);
        finish(command.stdin(Stdio::null()))
    }

    fn create(&self, provider: &str) -> Ran {
        let mut arguments = words(provider, "spoiled");
        arguments.push("--json".into());
        self.run(&arguments)
    }

    /// The console, started in the same way.
    fn console(&self) -> Console {
        let mut console = Console::started_by(&self.stage, &self.stage.config(), &self.by, &self.program);
        console.until_shown(&["roomkey", "whereby", "q quit"]);
        console
    }

    fn write(self, name: &str, bytes: &[u8]) -> Spoiled {
        fs::write(self.dir().join(name), bytes).unwrap();
        self
    }

    fn change(self, change: impl Fn(&mut Vec<u8>)) -> Spoiled {
        let mut bytes = fs::read(self.db()).unwrap();
        change(&mut bytes);
        self.write("history.db", &bytes)
    }

    fn sql(self, sql: &str) -> Spoiled {
        rusqlite::Connection::open(self.db()).unwrap().execute_batch(sql).unwrap();
        self
    }

    /// Held by somebody else.
    fn locked(mut self, sql: &str) -> Spoiled {
        let before = files(&self.dir());
        let outsider = rusqlite::Connection::open(self.db()).unwrap();
        outsider.execute_batch(sql).unwrap();
        self.outsider = Some((outsider, before));
        self
    }

    fn before(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.outsider.as_ref().map_or_else(|| files(&self.dir()), |(_, before)| before.clone())
    }

    /// Something else in the place of the file.
    fn instead(self, make: impl Fn(&Path)) -> Spoiled {
        fs::rename(self.db(), self.dir().join("moved.db")).unwrap();
        make(&self.db());
        self
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Everything below a directory.
fn tree(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in fs::read_dir(dir).into_iter().flatten().map(|entry| entry.unwrap().path()) {
        if path.is_dir() && !path.is_symlink() {
            all.extend(tree(&path));
        }
        all.push(path);
    }
    all
}

/// The regular files of a history, with what is in them.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let regular = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let all = tree(dir).into_iter().filter(regular);
    all.map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

type Case = (&'static str, Then, fn(Spoiled) -> Spoiled);

const CASES: &[Case] = &[
    ("limited", Then::Unsaved, |place| place.shell("ulimit -f 8")),
    ("read-only", Then::Unsaved, |place| {
        fs::set_permissions(place.db(), PermissionsExt::from_mode(0o400)).unwrap();
        fs::set_permissions(place.dir(), PermissionsExt::from_mode(0o500)).unwrap();
        place.by_nobody()
    }),
    ("a state that cannot be made", Then::Unsaved, |place| {
        fs::rename(place.stage.home().join("state"), place.stage.home().join("was")).unwrap();
        fs::create_dir(place.stage.home().join("state")).unwrap();
        let place = place.by_nobody();
        fs::set_permissions(place.stage.home().join("state"), PermissionsExt::from_mode(0o500)).unwrap();
        place
    }),
    ("locked", Then::Unsaved, |place| place.locked("BEGIN EXCLUSIVE")),
    ("locked against readers", Then::Unsaved, |place| {
        place.locked("PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE")
    }),
    ("a directory", Then::Unsaved, |place| place.instead(|path| fs::create_dir(path).unwrap())),
    ("a pipe", Then::Unsaved, |place| {
        place.instead(|path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success()))
    }),
    ("a link", Then::Unsaved, |place| place.instead(|path| symlink("moved.db", path).unwrap())),
    ("a link to nothing", Then::Unsaved, |place| place.instead(|path| symlink("nothing", path).unwrap())),
    ("of another program", Then::Unsaved, |place| place.sql("PRAGMA application_id = 7")),
    ("of a newer version", Then::Unsaved, |place| place.sql("PRAGMA user_version = 9")),
    ("an old file of another program", Then::Unsaved, |place| {
        let place = place.instead(|_| ());
        place.sql("CREATE TABLE notes(text); INSERT INTO notes VALUES('mine')")
    }),
    ("garbage", Then::SetAside, |place| {
        let garbage: Vec<u8> = (0..8192_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        place.write("history.db", &garbage)
    }),
    ("a header only", Then::SetAside, |place| place.change(|bytes| bytes.truncate(100))),
    ("cut in the middle", Then::SavedAnyhow, |place| place.change(|bytes| bytes.truncate(bytes.len() / 2))),
    ("empty", Then::Saved, |place| place.change(Vec::clear)),
    ("a bit of every page turned", Then::SavedAnyhow, |place| {
        place.change(|bytes| {
            for page in 0..bytes.len() / 4096 {
                bytes[page * 4096 + 120 + page * 7] ^= 0x10;
            }
        })
    }),
    ("a stale log", Then::Saved, |place| {
        place.write("history.db-wal", &[0x5a; 5000]).write("history.db-shm", &[0x5a; 32768])
    }),
    ("an index cut short", Then::Saved, |place| {
        place.write("history.db-wal", b"").write("history.db-shm", &[0x5a; 7])
    }),
    ("a stale journal", Then::Saved, |place| place.write("history.db-journal", &[0; 512])),
];

#[test]
fn whatever_becomes_of_the_file_the_link_is_made_shown_and_copied() {
    for (number, (name, then, spoil)) in CASES.iter().enumerate() {
        let providers = if is_full() { &PROVIDERS[..] } else { &PROVIDERS[number % 5..=number % 5] };
        for provider in providers {
            try_command_line(name, *then, spoil(Spoiled::new(provider)), provider);
            try_console(name, *then, spoil(Spoiled::new(provider)), provider);
        }
    }
}

#[test]
fn what_cannot_be_written_can_be_read() {
    let place = Spoiled::new("whereby");
    fs::set_permissions(place.db(), PermissionsExt::from_mode(0o400)).unwrap();
    fs::set_permissions(place.dir(), PermissionsExt::from_mode(0o500)).unwrap();
    let place = place.by_nobody();
    let mut console = place.console();
    console.until_shown(&["early", "+ live", "not saved: "]);
    console.leave();
    let links = place.run(&["links".into()]);
    assert!(links.code == 0 && links.out.contains("early"), "{links:?}");
    let id = links.out.split_whitespace().next().unwrap();
    let forget = place.run(&["forget".into(), id.into(), "--yes".into()]);
    assert_eq!(forget.code, 1, "{forget:?}");
    assert!(place.run(&["links".into()]).out.contains("early"));
}

#[test]
fn a_full_disk_stops_nothing() {
    for run in 0..2 {
        let place = Spoiled::new("whereby");
        let Some(disk) = Disk::mount(&place.dir()) else { return };
        let early = finish(
            place.stage.command().arg("--config").arg(place.stage.config()).args(words("metered", "early")),
        );
        assert!(early.code == 0 && early.err.is_empty(), "{early:?}");
        disk.fill();
        // What was saved before can be listed, and what is the matter is said.
        let links = place.run(&["links".into()]);
        assert!(links.code == 0 && links.out.contains("early"), "{links:?}");
        let doctor = place.run(&["doctor".into()]);
        assert!(doctor.code == 1 && doctor.out.contains("the disk is full"), "{doctor:?}");
        match run {
            0 => try_command_line("full", Then::Unsaved, place, "whereby"),
            _ => try_console("full", Then::Unsaved, place, "whereby"),
        }
    }
}

#[test]
fn a_disk_that_gives_errors_is_not_believed() {
    if !can_trace() {
        return;
    }
    for (when, then) in [("1+", Then::Unsaved), ("1", Then::Saved)] {
        for run in 0..2 {
            let inject = format!("inject=fsync,fdatasync:error=EIO:when={when}");
            let log = "/dev/null";
            let place = Spoiled::new("whereby").by(&[
                "strace",
                "-f",
                "--seccomp-bpf",
                "-qqq",
                "-o",
                log,
                "-e",
                "trace=fsync,fdatasync",
                "-e",
                &inject,
            ]);
            match run {
                0 => try_command_line("errors", then, place, "whereby"),
                _ => try_console("errors", then, place, "whereby"),
            }
        }
    }
}

#[test]
fn a_directory_of_another_user_is_not_used() {
    if !is_root() {
        skipped("only root can give a directory away");
        return;
    }
    for run in 0..2 {
        let place = Spoiled::new("whereby");
        chown(place.dir(), Some(NOBODY), None).unwrap();
        match run {
            0 => try_command_line("of another user", Then::Unsaved, place, "whereby"),
            _ => try_console("of another user", Then::Unsaved, place, "whereby"),
        }
    }
}

fn try_command_line(name: &str, then: Then, place: Spoiled, provider: &str) {
    let before = place.before();
    let ran = place.create(provider);
    let case = format!("{name}, {provider}, command line");
    assert_eq!((ran.code, ran.json()["outcome"].as_str()), (0, Some("created")), "{case}: {ran:?}");
    assert!(ran.json()["links"][0]["url"].as_str().unwrap().starts_with("http"), "{case}: {ran:?}");
    let warning = match then {
        Then::Unsaved => Some("warning: not saved: "),
        Then::SetAside => Some("warning: the history was damaged: it is kept as history.db.bad-"),
        Then::Saved | Then::SavedAnyhow => None,
    };
    match warning {
        Some(warning) => {
            assert!(ran.err.starts_with(warning) && ran.err.lines().count() == 1, "{case}: {ran:?}");
        }
        None => assert!(then != Then::Saved || ran.err.is_empty(), "{case}: {ran:?}"),
    }
    is_untouched(&place, then, &before, &case);
    if then != Then::Unsaved {
        assert!(listed(&place.stage).iter().any(|entry| entry["name"] == "spoiled"), "{case}");
    }
}

fn try_console(name: &str, then: Then, place: Spoiled, provider: &str) {
    let before = place.before();
    let case = format!("{name}, {provider}, console");
    let number = PROVIDERS.iter().position(|one| one == &provider).unwrap() + 1;
    let mut console = place.console();
    console.keys(&format!("{number}N"));
    let asked = Instant::now();
    console.until_shown(&[if then == Then::SetAside { "the history was damaged" } else { "roomkey" }]);
    if then == Then::Unsaved {
        console.until_shown(&["not saved: "]);
        let after = asked.elapsed();
        assert!(after < Duration::from_secs(15), "{case}: {after:?}");
        eprintln!("{case}: said {} ms after the key", after.as_millis());
    }
    console.until_shown(&["is ready"]);
    console.keys("y");
    console.until_shown(&["characters)"]);
    if then == Then::Saved {
        assert!(!console.shows("not saved") && !console.shows("damaged"), "{case}: {}", console.screen());
    }
    console.forget();
    console.keys("q");
    assert_eq!(console.exit_code(), 0, "{case}");
    let lost = console.written().contains("it will not be listed next time");
    assert_eq!(lost, then == Then::Unsaved, "{case}: {}", console.written());
    is_untouched(&place, then, &before, &case);
}

/// What was there is there, under its name or set aside.
fn is_untouched(place: &Spoiled, then: Then, before: &BTreeMap<PathBuf, Vec<u8>>, case: &str) {
    let after = files(&place.dir());
    match then {
        Then::Unsaved => {
            for (path, bytes) in
                before.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "db"))
            {
                assert_eq!(after.get(path), Some(bytes), "{case}: {}", path.display());
            }
        }
        Then::SetAside => {
            let spoiled = &before[&place.db()];
            let aside = |path: &Path| path.to_string_lossy().contains("history.db.bad-");
            assert!(after.iter().any(|(path, bytes)| aside(path) && bytes == spoiled), "{case}");
        }
        Then::Saved | Then::SavedAnyhow => {}
    }
}

/// A small disk over a directory, where this process may mount one.
struct Disk(PathBuf);

impl Disk {
    fn mount(dir: &Path) -> Option<Disk> {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs"]).arg(dir);
        let mounted = command.output().is_ok_and(|ran| ran.status.success());
        if !mounted {
            skipped("no disk can be mounted here");
        }
        mounted.then(|| Disk(dir.to_owned()))
    }

    /// Takes all that is left.
    fn fill(&self) {
        let mut file = fs::File::create(self.0.join("filler")).unwrap();
        while std::io::Write::write_all(&mut file, &[0; 512]).is_ok() {}
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
