//! When the screen next changes by time alone. While nothing runs and no countdown is visible, never: the console
//! then waits for keys without a timer.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::entry::State;

use super::layer::Layer;
use super::model::Model;
use super::people;

/// How long the runtime may wait before it must send a `Tick`; nothing where no timer is needed.
pub fn needs_tick(model: &Model) -> Option<Duration> {
    let until = |at: Timestamp| at.as_millisecond().saturating_sub(model.now.as_millisecond()).max(1);
    let held = people::wakes(model).map(|at| Duration::from_millis(u64::try_from(until(at)).unwrap_or(1)));
    [held, by_screen(model)].into_iter().flatten().min()
}

fn by_screen(model: &Model) -> Option<Duration> {
    if model.running() > 0 || model.reveal.is_some() {
        return Some(to_next(model, 1_000));
    }
    let clock = model.layout().has_clock() || model.has_form();
    (clock || counts_down(model)).then(|| to_next(model, 60_000))
}

/// Time to the next full second or minute of the clock, so that several counters change in one draw.
fn to_next(model: &Model, period: i64) -> Duration {
    let passed = model.now.as_millisecond().rem_euclid(period);
    Duration::from_millis(u64::try_from(period - passed).unwrap_or(1_000))
}

/// Whether a visible row has an end ahead.
fn counts_down(model: &Model) -> bool {
    if matches!(model.layers.last(), Some(Layer::Help { .. })) {
        return false;
    }
    let visible = model.rows.top..model.rows.top + model.layout().list_height();
    let rows = visible.map_while(|place| model.rows.at(place));
    rows.chain(model.rows.selected()).any(|row| {
        matches!(row.state, State::Live | State::Ending)
            && row.entry().and_then(|entry| entry.ends(model.now)).is_some_and(|end| end > model.now)
    })
}
