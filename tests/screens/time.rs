//! The screen asks for a timer only while something on it changes by time alone.

use std::time::Duration;

use roomkey::app::tick::needs_tick;

use crate::support::console::Console;
use crate::support::entries::{answer, failed, morning, whereby};

const SIZE: (u16, u16) = (80, 24);

#[test]
fn nothing_moves_no_timer() {
    assert_eq!(needs_tick(&Console::demo(SIZE).model), None);
    assert_eq!(needs_tick(&Console::showing(SIZE, vec![failed(0)]).model), None);
    let mut ended = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    ended.wait(9_000_000);
    assert_eq!(needs_tick(&ended.model), None);
}

#[test]
fn a_countdown_needs_one_tick_a_minute() {
    let mut console = Console::showing(SIZE, morning());
    assert_eq!(needs_tick(&console.model), Some(Duration::from_secs(60)));
    console.wait(42_500);
    assert_eq!(needs_tick(&console.model), Some(Duration::from_millis(17_500)));
    assert_eq!(
        needs_tick(&Console::demo((124, 30)).model),
        Some(Duration::from_secs(60)),
        "a clock is drawn"
    );
}

#[test]
fn calls_and_revealed_secrets_need_one_a_second() {
    let mut console = Console::demo(SIZE);
    console.keys("N");
    assert_eq!(needs_tick(&console.model), Some(Duration::from_secs(1)));
    assert!(console.wait(7_000).screen().contains("~ creating 7s"));
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert_eq!(needs_tick(&console.model), Some(Duration::from_secs(53)));
    console.keys(".");
    assert_eq!(needs_tick(&console.model), Some(Duration::from_secs(1)));
    console.wait(20_000);
    assert_eq!(needs_tick(&console.model), Some(Duration::from_secs(33)));
}

#[test]
fn time_left_counts_down() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    assert!(console.screen().contains("1h58m  + live"));
    assert!(console.wait(60_000).screen().contains("1h57m  + live"));
    assert!(console.wait(6_600_000).screen().contains("7m  ! ending"));
    assert!(console.wait(600_000).screen().contains("-  - ended"));
}

#[test]
fn a_clock_set_back_does_no_harm() {
    let mut console = Console::demo(SIZE);
    console.keys("N").wait(-3_600_000);
    assert!(console.screen().contains("~ creating 0s"));
    let (job, plan) = console.call();
    console.finish(job, answer(&plan)).keys("<C-c>");
    assert!(console.screen().contains("+ live"));
}
