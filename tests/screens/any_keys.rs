//! Whatever is pressed, pasted and answered, in whatever order: the console stands, its numbers add up, and nothing
//! but asking for it by its key or by its name puts a host link on the clipboard.

use proptest::prelude::*;

use roomkey::app::effect::Effect;
use roomkey::app::layer::Layer;
use roomkey::app::message::Message;
use roomkey::app::want::Want;
use roomkey::config::Keymap;
use roomkey::domain::clipboard::Care;
use roomkey::domain::entry::State;
use roomkey::domain::key::{Key, KeyCode};

use crate::support::console::Console;
use crate::support::entries::{answer, morning};

#[derive(Clone, Debug)]
enum Step {
    Key(Key),
    Paste(String),
    Resize(u16, u16),
    Wait(i64),
    /// Answers one of the calls under way.
    Answer(prop::sample::Index),
}

/// All keys that mean something, and some that do not.
fn keys() -> Vec<Key> {
    let keymap = Keymap::shipped().unwrap();
    let bound = keymap.bindings.iter().flat_map(|binding| &binding.keys);
    bound.filter_map(|key| Key::parse(key)).chain(Key::sequence("aé<BS><Left><C-x>").unwrap()).collect()
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        12 => prop::sample::select(keys()).prop_map(Step::Key),
        1 => "\\PC{0,8}".prop_map(Step::Paste),
        1 => (0_u16..180, 0_u16..50).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
        1 => (-5_000_i64..90_000).prop_map(Step::Wait),
        2 => any::<prop::sample::Index>().prop_map(Step::Answer),
    ];
    prop::collection::vec(step, 1..60)
}

fn take(console: &mut Console, step: Step) {
    match step {
        Step::Key(key) => drop(console.send(Message::Key(key))),
        Step::Paste(text) => drop(console.paste(&text)),
        Step::Resize(columns, rows) => drop(console.resize(columns, rows)),
        Step::Wait(milliseconds) => drop(console.wait(milliseconds)),
        Step::Answer(index) => {
            let calls = console.calls();
            if !calls.is_empty() {
                let (job, plan) = index.get(&calls);
                console.finish(*job, answer(plan));
            }
        }
    }
}

/// The key of a step; what is picked in the palette happens as if its key had been pressed, and templates are picked
/// by name however their list was opened.
fn pressed(console: &Console, step: &Step) -> Option<Key> {
    match (step, console.model.layers.last()) {
        (Step::Key(Key { code: KeyCode::Enter, .. }), Some(Layer::Picker(picker)))
            if picker.choosing.is_template() =>
        {
            Key::parse("M")
        }
        (Step::Key(Key { code: KeyCode::Enter, .. }), Some(Layer::Palette(palette))) => palette.marked()?.1,
        // Everything for the next agent, by its letter in the copy menu.
        (Step::Key(Key { code: KeyCode::Char('a'), .. }), Some(Layer::Menu(_))) => Key::parse("M"),
        (Step::Key(key), _) => Some(*key),
        _ => None,
    }
}

/// A text for the host that was not picked by its own name from the list of every piece.
fn is_for_host(effect: &Effect) -> bool {
    let by_name = |want: &Want| matches!(want, Want::Detail(_) | Want::Link(_));
    matches!(effect, Effect::Copy(copy) if copy.care == Care::Host && !by_name(&copy.want))
}

proptest! {
    #![proptest_config(crate::support::chance::cases(48))]

    #[test]
    fn the_console_stands(steps in steps()) {
        let mut console = Console::showing((80, 24), morning());
        let host_keys = ["Y", "M"].map(Key::parse);
        let mut host_asked = false;
        for step in steps {
            host_asked |= host_keys.contains(&pressed(&console, &step));
            take(&mut console, step);
            prop_assert!(host_asked || !console.effects.iter().any(is_for_host));
            console.perform();
            let rows = &console.model.rows;
            let counted: usize = State::ALL.iter().map(|state| rows.count(*state)).sum();
            prop_assert_eq!(counted, rows.total());
            prop_assert_eq!(rows.selected().is_some(), !rows.is_empty());
            console.screen();
        }
    }
}
