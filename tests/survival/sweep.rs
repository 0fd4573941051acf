//! `kill -9` at every single write: `strace` ends the program as it enters its n-th write, sync, cut or rename. Where
//! there is no `strace`, the test says so and tries nothing.

use std::process::{Command, Stdio};

use roomkey::sandbox::PROVIDERS;

use crate::chance::{Chance, is_full};
use crate::ledger::{Ledger, is_sound, words};
use crate::skipped::skipped;
use crate::stage::{Stage, finish};

const WRITES: &str = "write,writev,sendto,pwrite64,fsync,fdatasync,ftruncate,rename,unlink";
/// Writes tried of each provider where not all are.
const FEW: usize = 3;

/// Whether programs can be traced here.
pub fn can_trace() -> bool {
    let traced = Command::new("strace").args(["-f", "-qqq", "-o", "/dev/null", "true"]).output();
    let can = traced.is_ok_and(|ran| ran.status.success());
    if !can {
        skipped("strace is not there or may not trace");
    }
    can
}

/// A creation under `strace`, which notes into `log` and is told more.
pub fn traced(stage: &Stage, more: &[&str], arguments: &[String]) -> Command {
    let plain = stage.command();
    let mut command = Command::new("strace");
    command.env_clear().current_dir(stage.home());
    command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.args(["-f", "-qqq", "-o"]).arg(stage.home().join("trace"));
    command.args(more).arg(plain.get_program()).arg("--config").arg(stage.config()).args(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// The most writes that one thread of a creation makes: `strace` counts by thread.
fn writes(stage: &Stage, provider: &str, name: &str) -> usize {
    let trace = format!("trace={WRITES}");
    let ran = traced(stage, &["-e", &trace], &words(provider, name)).output().unwrap();
    assert!(ran.status.success(), "{ran:?}");
    let log = std::fs::read_to_string(stage.home().join("trace")).unwrap();
    let begun = log.lines().filter(|line| !line.contains("resumed>"));
    let threads: Vec<&str> = begun.filter_map(|line| line.split_whitespace().next()).collect();
    threads.iter().map(|thread| threads.iter().filter(|one| one == &thread).count()).max().unwrap()
}

/// Which writes are tried, of so many.
fn tried(most: usize, chance: &mut Chance) -> Vec<usize> {
    match is_full() {
        true => (1..=most).collect(),
        false => (0..FEW).map(|_| 1 + chance.below(most)).collect(),
    }
}

/// A creation that is killed at one of its writes, and the books afterwards. Whether it came to that.
fn killed(stage: &Stage, ledger: &mut Ledger, provider: &str, name: &str, when: usize, place: &str) -> bool {
    let inject = format!("inject={WRITES}:signal=SIGKILL:when={when}");
    let ran = traced(stage, &["-e", &format!("trace={WRITES}"), "-e", &inject], &words(provider, name))
        .output()
        .unwrap();
    let step = ledger.step(stage);
    step.check(|one| usize::from(one == provider), place);
    step.is_kept(&String::from_utf8(ran.stdout).unwrap(), place);
    !ran.status.success()
}

#[test]
fn killed_at_any_write_no_room_is_forgotten() {
    if !can_trace() {
        return;
    }
    let stage = Stage::new();
    let (mut chance, mut ledger, mut kills) = (Chance::new(), Ledger::new(), 0);
    for provider in PROVIDERS {
        // The second creation finds a history, as most do.
        writes(&stage, provider, "first");
        let most = writes(&stage, provider, "counted");
        ledger.step(&stage);
        for (nth, when) in tried(most, &mut chance).into_iter().enumerate() {
            let place = format!("{provider}, write {when} of {most}, seed {}", chance.seed);
            // The same write may be tried twice, and at Bunch the same name is the same room.
            let name = format!("sweep-{provider}-{when:04}-{nth:04}");
            kills += usize::from(killed(&stage, &mut ledger, provider, &name, when, &place));
        }
    }
    is_sound(&stage);
    eprintln!("killed at {kills} writes");
    assert!(kills > 0);
}

#[test]
fn killed_while_the_history_is_made_the_next_start_finds_its_way() {
    if !can_trace() {
        return;
    }
    let stage = Stage::new();
    let (mut chance, mut ledger, mut kills) = (Chance::new(), Ledger::new(), 0);
    let state = stage.home().join("state");
    let most = writes(&stage, "whereby", "counted");
    ledger.step(&stage);
    for when in tried(most, &mut chance) {
        std::fs::remove_dir_all(&state).unwrap();
        let place = format!("write {when} of {most} of a new history, seed {}", chance.seed);
        kills += usize::from(killed(&stage, &mut ledger, "whereby", "new", when, &place));
        let after =
            finish(stage.command().arg("--config").arg(stage.config()).args(words("whereby", "after")));
        assert!(after.code == 0 && after.err.is_empty(), "{place}: {after:?}");
        assert_eq!(ledger.step(&stage).with("created"), 1, "{place}");
        is_sound(&stage);
    }
    eprintln!("killed at {kills} writes of new histories");
}

#[test]
fn no_file_is_ever_open_to_others_not_even_for_a_moment() {
    if !can_trace() {
        return;
    }
    let stage = Stage::new();
    for (umask, round) in [("000", "new"), ("000", "old"), ("777", "closed")] {
        let create = traced(
            &stage,
            &["-e", "trace=openat,open,creat,mkdir,mkdirat,chmod,fchmod,fchmodat"],
            &words("whereby", round),
        );
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("umask {umask}; exec \"$@\""), "sh"]).arg(create.get_program());
        shell
            .args(create.get_args())
            .envs(create.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let ran = finish(shell.current_dir(stage.home()).stdin(Stdio::null()));
        assert_eq!(ran.code, 0, "{ran:?}");
        let log = std::fs::read_to_string(stage.home().join("trace")).unwrap();
        let state = stage.home().join("state").display().to_string();
        let making = |line: &&str| {
            line.contains(&state)
                && (line.contains("O_CREAT") || line.contains("mkdir") || line.contains("chmod("))
        };
        let lines: Vec<&str> = log.lines().filter(making).collect();
        assert!(round != "new" || lines.len() > 4, "{log}");
        for line in lines {
            // The mode is the last argument, also of a call whose answer stands in a line of its own.
            let mode = line.split(") = ").next().unwrap_or(line).rsplit(", ").next().unwrap_or_default();
            let mode: String = mode.chars().take_while(char::is_ascii_digit).collect();
            let mode = u32::from_str_radix(&mode, 8).unwrap_or(0o777);
            assert_eq!(mode & 0o077, 0, "{line}");
        }
    }
}
