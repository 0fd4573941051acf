//! `kill -9` at moments that chance chooses, on the command line and in the console, at all providers.

use std::io::Read;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use roomkey::sandbox::{Act, Fault, PROVIDERS};
use rustix::process::Signal;

use crate::chance::{Chance, times};
use crate::ledger::{Ledger, is_sound, words};
use crate::screen::{Console, named};
use crate::stage::Stage;

const LIMIT: Duration = Duration::from_secs(30);
/// What is left of a call when its request has arrived takes about as long.
const REST: Duration = Duration::from_millis(60);

/// Some answers take their time, so that chance finds every part of a call.
fn slow_down(stage: &Stage, chance: &mut Chance) {
    stage.sandbox.behave();
    for provider in PROVIDERS {
        if chance.one_in(2) {
            let delay = chance.upto(Duration::from_millis(40));
            stage.sandbox.order(Fault::new(provider, Act::Pass).delay(delay));
        }
    }
}

/// A creation on the command line, killed after `life`, unless it ends before; what it printed. Its life is counted
/// from its start, or from the arrival of its request.
fn create(stage: &Stage, provider: &str, name: &str, life: Duration, from_request: bool) -> String {
    let seen = stage.sandbox.requests().len();
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(words(provider, name));
    let mut child = command.spawn().unwrap();
    let mut out = child.stdout.take().unwrap();
    let (give, ended) = channel();
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).unwrap();
        let _ = give.send(());
        text
    });
    if from_request {
        assert!(stage.sandbox.wait_for(LIMIT, |requests| requests.len() > seen));
    }
    let _ = ended.recv_timeout(life);
    let _ = child.kill();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn killed_at_any_moment_the_command_line_forgets_no_room() {
    let stage = Stage::new();
    let (mut chance, mut ledger) = (Chance::new(), Ledger::new());
    let begun = Instant::now();
    create(&stage, "whereby", "warm-up", LIMIT, false);
    let whole = begun.elapsed();
    ledger.step(&stage);
    let (mut made, mut linked, mut maybe) = (0, 0, 0);
    for round in 0..times(30, 200) {
        slow_down(&stage, &mut chance);
        let (provider, name) = (PROVIDERS[round % 5], format!("round-{round:04}"));
        let place = format!("round {round}, seed {}", chance.seed);
        let printed = match chance.one_in(2) {
            true => create(&stage, provider, &name, chance.upto(REST), true),
            false => create(&stage, provider, &name, chance.upto(whole), false),
        };
        let step = ledger.step(&stage);
        step.check(|one| usize::from(one == provider), &place);
        assert!(step.entries.iter().all(|entry| entry["name"] == name.as_str()), "{place}: {step:#?}");
        step.is_kept(&printed, &place);
        made += step.rooms.len();
        linked += step.with("created");
        maybe += step.with("maybe_created");
    }
    is_sound(&stage);
    eprintln!("killed on the command line: {made} rooms; listed as {linked} links and {maybe} maybe");
    assert!(made > 0 && linked + maybe >= made);
}

#[test]
fn killed_at_any_moment_the_console_forgets_no_room() {
    let stage = Stage::new();
    let (mut chance, mut ledger) = (Chance::new(), Ledger::new());
    let (mut made, mut linked, mut maybe) = (0, 0, 0);
    for round in 0..times(8, 100) {
        slow_down(&stage, &mut chance);
        let place = format!("round {round}, seed {}", chance.seed);
        // Equal requests of the console before would be asked about.
        let mut pty = Console::open(&stage, &named(&stage, &format!("round-{round}")));
        pty.sees(&format!("{linked} links and {maybe} maybe of before"), |pty| {
            (pty.links(), pty.counted("maybe")) == (linked, maybe)
        });
        let (seen, wanted) = (stage.sandbox.requests().len(), 1 + chance.below(5));
        pty.keys("1N2N3N4N5N");
        assert!(stage.sandbox.wait_for(LIMIT, |requests| requests.len() >= seen + wanted), "{place}");
        pty.watch(chance.upto(REST));
        pty.signal(Signal::KILL);
        pty.exit_code();
        let live = pty.links();
        let step = ledger.step(&stage);
        step.check(|_| 1, &place);
        made += step.rooms.len();
        linked += step.with("created");
        maybe += step.with("maybe_created");
        assert!(live <= linked, "{place}: {live} shown, {linked} kept\n{}\n{step:#?}", pty.screen());
        assert_eq!(ledger.known(), linked + maybe, "{place}: {step:#?}");
    }
    is_sound(&stage);
    eprintln!("killed in the console: {made} rooms; listed as {linked} links and {maybe} maybe");
    assert!(made > 0 && linked + maybe >= made);
}
