//! What a batch of many people costs, beside what it would cost if nothing but the provider took time: 1,000 people
//! with answers after 50 ms, on the command line and in the console, each with a history; and how long a key waits in
//! the console meanwhile. `cargo bench --bench crowd`, with other numbers of calls at once as arguments.

#![allow(
    clippy::disallowed_methods,
    reason = "a bench measures real time, and its helpers are the world of tests"
)]

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/cli/stage.rs"]
mod stage;
#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use roomkey::ports::clock::Clock;
use roomkey::ports::history::{History, Keep, Options};
use roomkey::sandbox::{Act, Fault};
use stage::Stage;
use support::live::Live;

const PEOPLE: usize = 1_000;
const ANSWER: Duration = Duration::from_millis(50);
/// Between two keys of somebody who holds one down.
const KEYS: Duration = Duration::from_millis(33);

fn slow() -> Fault {
    Fault::new("bunch", Act::Pass).times(PEOPLE).delay(ANSWER)
}

fn list() -> String {
    (0..PEOPLE).map(|n| format!("p{n},p{n}@example.com\n")).collect()
}

fn say(what: &str, width: usize, took: Duration) {
    let rounds = u32::try_from(PEOPLE.div_ceil(width)).unwrap();
    let ideal = ANSWER * rounds;
    let share = 100.0 * ideal.as_secs_f64() / took.as_secs_f64();
    println!("  {what:<14} {width:>2} at once  {:>6.2} s, {share:.0} % of the ideal", took.as_secs_f64());
}

/// The whole run of the program, its start and its printing included.
fn command_line(width: usize) {
    let stage = Stage::new();
    stage.configure(&stage.profile("bunch", &[("concurrency", &width.to_string())]));
    let file = stage.home().join("people.csv");
    std::fs::write(&file, format!("userName,email\n{}", list())).unwrap();
    stage.sandbox.order(slow());
    let begun = Instant::now();
    let people = file.display().to_string();
    let ran = stage.run(&["create", "-p", "bunch", "roomName=standup", "--people", &people, "--json"]);
    let took = begun.elapsed();
    assert_eq!((ran.code, ran.json().as_array().unwrap().len()), (0, PEOPLE), "{}", ran.err);
    assert_eq!(stage.sandbox.created("bunch"), PEOPLE);
    say("command line", width, took);
}

fn history(dir: &std::path::Path) -> History {
    let options = Options {
        dir: dir.to_owned(),
        keep: Keep::All,
        keep_days: 90,
        clock: Clock::fixed(Timestamp::now(), TimeZone::UTC),
        run: "bench".into(),
        reads: true,
        at_once: true,
    };
    History::start(options, Box::new(|_| ())).unwrap()
}

/// A key moves through the table all the time; each with the drawing that follows it.
fn console(width: usize) {
    let home = tempfile::tempdir().unwrap();
    let history = history(home.path());
    let mut live = Live::wide((120, 40), width, Some(history.clone()));
    live.sandbox.order(slow());
    live.keys("1 P").console.paste(&list());
    let (mut keys, mut frames) = (Vec::new(), Vec::new());
    let read = timed(|| draw(live.keys("<F2>")));
    let begun = Instant::now();
    let start = timed(|| draw(live.keys("<F2>")));
    let mut next = Instant::now();
    while live.console.model.running() > 0 {
        if next <= Instant::now() {
            next = Instant::now() + KEYS;
            keys.push(timed(|| draw(live.keys("j"))));
        }
        let wait = next.saturating_duration_since(Instant::now());
        if live.hear_within(wait) {
            frames.push(timed(|| draw(&mut live)));
        }
    }
    let took = begun.elapsed();
    assert_eq!(live.sandbox.created("bunch"), PEOPLE);
    assert!(history.close(Duration::from_secs(5)).is_empty());
    say("console", width, took);
    println!(
        "    reading the list {}, beginning {}; a key {}; a frame {}",
        milliseconds(read),
        milliseconds(start),
        spread(&mut keys),
        spread(&mut frames)
    );
}

fn draw(live: &mut Live) {
    black_box(live.console.buffer());
}

fn timed(what: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    what();
    begun.elapsed()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    let most = times.last().copied().unwrap_or_default();
    format!("{} (p99 {}, most {})", milliseconds(at(50)), milliseconds(at(99)), milliseconds(most))
}

fn main() {
    let given: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let widths = if given.is_empty() { vec![4, 16, 32] } else { given };
    println!("{PEOPLE} people, answers after {} ms", ANSWER.as_millis());
    for width in widths {
        command_line(width);
        console(width);
    }
}
