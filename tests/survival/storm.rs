//! Many write to one history at once: command lines, consoles, and an outsider who holds the file.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use roomkey::sandbox::PROVIDERS;

use crate::chance::times;
use crate::ledger::{Ledger, is_sound, words};
use crate::screen::{Console, named};
use crate::stage::{Stage, finish};

const PROCESSES: usize = 10;

/// Rooms each process makes at all providers; Whereby, the last, would refuse more in a minute (3 points of 1,000 each).
const BY_ALL: usize = 30;

/// The provider of one creation of one process.
fn provider_of(process: usize, number: usize) -> &'static str {
    let providers = if number < 5 * BY_ALL { PROVIDERS.len() } else { PROVIDERS.len() - 1 };
    PROVIDERS[(process + number) % providers]
}

#[test]
fn ten_command_lines_at_once_lose_and_double_nothing() {
    let stage = Stage::new();
    let each = times(6, 200);
    let slowest = std::thread::scope(|scope| {
        let run = |process: usize| {
            let stage = &stage;
            scope.spawn(move || {
                let mut slowest = Duration::ZERO;
                for number in 0..each {
                    let provider = provider_of(process, number);
                    let name = format!("storm-{process}-{number:03}");
                    let mut command = stage.command();
                    command.arg("--config").arg(stage.config()).args(words(provider, &name));
                    let begun = Instant::now();
                    let ran = finish(&mut command);
                    slowest = slowest.max(begun.elapsed());
                    assert!(ran.code == 0 && ran.err.is_empty(), "{name}: {ran:?}");
                }
                slowest
            })
        };
        let all: Vec<_> = (0..PROCESSES).map(run).collect();
        all.into_iter().map(|one| one.join().unwrap()).max().unwrap()
    });
    let mut ledger = Ledger::new();
    let step = ledger.step(&stage);
    let asked = (0..PROCESSES).flat_map(|process| (0..each).map(move |number| provider_of(process, number)));
    step.check(|provider| asked.clone().filter(|one| *one == provider).count(), "after the storm");
    let names: HashSet<&str> = step.entries.iter().map(|entry| entry["name"].as_str().unwrap()).collect();
    let all = PROCESSES * each;
    assert_eq!((step.entries.len(), names.len(), step.with("created")), (all, all, all));
    assert_eq!(step.rooms.len(), all);
    is_sound(&stage);
    eprintln!("{all} creations by {PROCESSES} at once; the slowest took {slowest:?} from start to end");
    assert!(slowest < Duration::from_secs(30), "{slowest:?}");
}

#[test]
fn ten_consoles_show_what_all_of_them_make() {
    let stage = Stage::new();
    let configs: Vec<_> = (0..PROCESSES).map(|number| named(&stage, &format!("desk-{number}"))).collect();
    let mut consoles: Vec<_> = configs.iter().map(|config| Console::open(&stage, config)).collect();
    for console in &mut consoles {
        console.keys("1N2N3N4N5N");
    }
    let all = PROCESSES * PROVIDERS.len();
    for console in &mut consoles {
        console.sees(&format!("{all} links"), |console| console.links() == all);
        assert!(!console.shows("not saved"), "{}", console.screen());
    }
    for console in consoles {
        console.leave();
    }
    let step = Ledger::new().step(&stage);
    step.check(|_| PROCESSES, "after ten consoles");
    assert_eq!((step.entries.len(), step.with("created"), step.rooms.len()), (all, all, all));
    is_sound(&stage);
}
