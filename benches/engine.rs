//! What the engine costs, as ratios, which travel between machines as times do not: each page against an empty one,
//! a plan with its preview for every operation against the smallest, a list of 10,000 rows against one of 10,
//! a key behind 10,000 characters against one behind 1,000.
//! `cargo bench --bench engine`.

#![allow(
    clippy::disallowed_methods,
    reason = "a bench measures real time, and its helpers are the world of tests"
)]

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/providers/stage.rs"]
mod stage;
#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use roomkey::provider::flow::previews;
use roomkey::provider::load;
use support::console::Console;
use support::entries::whereby;

/// How often the programs under measurement take turns.
const ROUNDS: usize = 30;

/// The least a page can be.
const EMPTY: &str = r#"
format = 1
id = "empty"
name = "Empty"
about = "Nothing."
docs = "https://example.com"
settings = {}
operation = {}
"#;

const PAGES: [(&str, &str); 5] = [
    ("bunch", include_str!("../assets/providers/bunch.toml")),
    ("joinme", include_str!("../assets/providers/joinme.toml")),
    ("metered", include_str!("../assets/providers/metered.toml")),
    ("bigbluebutton", include_str!("../assets/providers/bigbluebutton.toml")),
    ("whereby", include_str!("../assets/providers/whereby.toml")),
];

/// Something to measure, with its name.
type Case<'a> = (String, Box<dyn FnMut() + 'a>);

/// Runs the cases in turn and prints each median beside its ratio to the first.
fn compare(title: &str, mut cases: Vec<Case<'_>>) {
    println!("{title}");
    let mut times = vec![Vec::with_capacity(ROUNDS); cases.len()];
    for _ in 0..ROUNDS {
        for ((_, case), times) in cases.iter_mut().zip(&mut times) {
            let start = Instant::now();
            case();
            times.push(start.elapsed());
        }
    }
    let medians: Vec<Duration> = times.iter_mut().map(|times| median(times)).collect();
    for ((name, _), median) in cases.iter().zip(&medians) {
        let ratio = median.as_secs_f64() / medians[0].as_secs_f64();
        println!("  {name:<32} {:>9.1} µs  × {ratio:.2}", median.as_secs_f64() * 1e6);
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn pages() {
    let parse = |name: &str, text: &'static str| -> Case<'_> {
        let file = format!("{name}.toml");
        let case = move || assert!(black_box(load::page(text, &file)).is_ok(), "{file}");
        (name.to_owned(), Box::new(case))
    };
    let others = PAGES.iter().map(|(name, text)| parse(name, text));
    compare("reading a page", std::iter::once(parse("empty", EMPTY)).chain(others).collect());
}

/// From typed values to the requests on the screen, as every key in a form does it.
fn plans() {
    let mut cases: Vec<Case<'_>> = Vec::new();
    for page in stage::PROVIDERS.map(stage::page) {
        for (id, operation) in &page.operations {
            let Some(example) = operation.examples.first() else { continue };
            let (page, id, now) = (page.clone(), id.clone(), stage::now_of(example));
            let (settings, typed) =
                (stage::settings(&page, &example.settings.0), stage::typed(&example.values));
            let name = format!("{} {id}", page.id);
            let case = move || {
                let checked = stage::understand(&page, &id, &typed, &settings, now);
                let plan = stage::plan(&page, &id, checked, now);
                assert!(black_box(previews(&plan, &settings)).is_ok(), "{id}");
            };
            cases.push((name, Box::new(case)));
        }
    }
    compare("values, plan and preview", cases);
}

fn lists() {
    let mut consoles = [10, 10_000].map(|count| {
        let entries = (0..count).map(|number| whereby(&format!("Call {number}"), number)).collect();
        (count, Console::showing((120, 40), entries))
    });
    let cases = consoles.iter_mut().map(|(count, console)| -> Case<'_> {
        let draw = || {
            black_box(console.buffer());
        };
        (format!("{count} rows"), Box::new(draw))
    });
    compare("drawing the list", cases.collect());
}

/// A character typed at the end of a text and taken away again, each with what follows from it: checks, preview, draft,
/// drawing. Ten times the text may cost ten times as much, and not a hundred times.
fn typing() {
    let mut consoles = [1_000, 10_000].map(|count| {
        let mut console = Console::demo((120, 40));
        console.keys("1 n").paste(&"日".repeat(count));
        (count, console)
    });
    let cases = consoles.iter_mut().map(|(count, console)| -> Case<'_> {
        let press = || {
            black_box(console.keys("x").buffer());
            black_box(console.keys("<BS>").buffer());
        };
        (format!("behind {count} characters"), Box::new(press))
    });
    compare("two keys in a field", cases.collect());
}

fn main() {
    pages();
    plans();
    lists();
    typing();
}
