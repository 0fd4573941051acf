//! Taking back, across the whole form: one line of steps in the order they were made, wherever that was. It is told
//! after every change and finds out by itself which fields are not as they were. What a text held is kept by the text;
//! everything else is kept here.

use std::mem::{replace, swap};

use super::field::{Control, FieldState, Source};
use super::ground::Ground;
use super::{Form, FormEvent, Stop};
use crate::app::text_input::{Edit, TextInput};

/// Steps that can be taken back.
const MEMORY: usize = 200;

#[derive(Clone, Debug, Default)]
pub struct History {
    /// Every field as it was after the last step.
    marks: Vec<Mark>,
    /// How often title and ticket had been changed then.
    named: [u64; 2],
    past: Vec<Step>,
    future: Vec<Step>,
    /// The field a list over the fields has begun to change: until it closes all that is one step.
    open: Option<usize>,
}

/// A field as it was.
#[derive(Clone, Debug)]
struct Mark {
    held: Held,
    source: Source,
    touched: bool,
}

#[derive(Clone, Debug)]
enum Held {
    /// How often the text had been changed.
    Text(u64),
    Other(Control),
}

/// What one act of the user changed.
#[derive(Clone, Debug)]
enum Step {
    Named(Stop),
    Fields(Vec<(usize, Mark)>),
}

impl Mark {
    fn new(state: &FieldState) -> Mark {
        let held = match &state.control {
            Control::Text(input) => Held::Text(input.changes()),
            other => Held::Other(other.clone()),
        };
        Mark { held, source: state.source, touched: state.touched }
    }

    /// Whether the field holds the same; the choice under the cursor does not count.
    fn holds(&self, state: &FieldState) -> bool {
        match (&self.held, &state.control) {
            (Held::Text(changes), Control::Text(input)) => *changes == input.changes(),
            (Held::Other(Control::Many { chosen: a, .. }), Control::Many { chosen: b, .. }) => a == b,
            (Held::Other(Control::One(a)), Control::One(b)) => a == b,
            (Held::Other(Control::Items(a)), Control::Items(b)) => a == b,
            (Held::Other(Control::Rows(a)), Control::Rows(b)) => a == b,
            _ => false,
        }
    }
}

impl History {
    /// The fields are other ones now, or have been filled by nobody: here it begins.
    pub(super) fn begin(states: &[FieldState], named: [&TextInput; 2]) -> History {
        let marks = states.iter().map(Mark::new).collect();
        History { marks, named: named.map(TextInput::changes), ..History::default() }
    }

    /// Notes down what has changed since it was told last.
    fn note(&mut self, states: &[FieldState], named: [&TextInput; 2], in_list: bool) {
        let mut changed = Vec::new();
        for (index, (mark, state)) in self.marks.iter_mut().zip(states).enumerate() {
            if mark.holds(state) {
                (mark.source, mark.touched) = (state.source, state.touched);
            } else {
                changed.push((index, replace(mark, Mark::new(state))));
            }
        }
        for (at, stop) in [Stop::Title, Stop::Ticket].into_iter().enumerate() {
            if replace(&mut self.named[at], named[at].changes()) != named[at].changes() {
                self.push(Step::Named(stop));
            }
        }
        let only = match changed.as_slice() {
            [(index, _)] => Some(*index),
            [] => return,
            _ => None,
        };
        let goes_on = in_list && only.is_some() && self.open == only;
        self.open = only.filter(|_| in_list);
        if goes_on || self.is_taken_back(&changed, states) {
            return;
        }
        self.push(Step::Fields(changed));
    }

    /// Whether a field is again as it was before the last step: marked and unmarked, a list left as it was. Such a step
    /// is none.
    fn is_taken_back(&mut self, changed: &[(usize, Mark)], states: &[FieldState]) -> bool {
        let (Some(Step::Fields(last)), [(index, _)]) = (self.past.last(), changed) else { return false };
        let same = match last.as_slice() {
            [(before, mark)] if before == index => states.get(*index).is_some_and(|state| mark.holds(state)),
            _ => false,
        };
        if same {
            self.past.pop();
        }
        same
    }

    fn push(&mut self, step: Step) {
        self.future.clear();
        if self.past.len() == MEMORY {
            self.past.remove(0);
        }
        self.past.push(step);
    }
}

impl Form {
    /// Begins anew with the fields as they are.
    pub(super) fn begin_history(&mut self) {
        self.history = History::begin(&self.states, [&self.title, &self.ticket]);
    }

    /// Something was changed: what it was before can be brought back from now on.
    pub(super) fn note_change(&mut self) {
        self.history.note(&self.states, [&self.title, &self.ticket], self.panel.is_some());
    }

    /// Takes the last step back, or does again what was taken back last, and goes where that was.
    pub(super) fn travel(&mut self, back: bool, ground: &mut Ground) -> Vec<FormEvent> {
        let here = self.focus;
        loop {
            let step = if back { self.history.past.pop() } else { self.history.future.pop() };
            let Some(step) = step else {
                return self.say(if back { "nothing to take back" } else { "nothing to do again" });
            };
            let Some((step, stop)) = self.perform(step, back) else { continue };
            if back {
                self.history.future.push(step);
            } else {
                self.history.past.push(step);
            }
            self.sent = false;
            self.assess(ground);
            self.go(stop);
            self.settle_focus();
            let label = match stop {
                Stop::Field(index) => self.field(index).map(|(_, field, _)| field.label.clone()),
                _ => None,
            };
            return match label.filter(|_| stop != here) {
                Some(label) if back => self.say(format!("{label}: taken back")),
                Some(label) => self.say(format!("{label}: done again")),
                None => Vec::new(),
            };
        }
    }

    /// Performs a step and says how to come back from it, and where it was; none where a text has forgotten it.
    fn perform(&mut self, step: Step, back: bool) -> Option<(Step, Stop)> {
        let edit = if back { Edit::Undo } else { Edit::Redo };
        match step {
            Step::Named(stop) => self
                .text_at_mut(stop)
                .is_some_and(|input| input.edit(edit))
                .then_some((Step::Named(stop), stop)),
            Step::Fields(fields) => {
                let undone: Vec<(usize, Mark)> =
                    fields.into_iter().filter_map(|(index, mark)| self.put(index, mark, edit)).collect();
                let first = undone.first()?.0;
                Some((Step::Fields(undone), Stop::Field(first)))
            }
        }
    }

    /// Makes a field what it was, and answers with what it is now.
    fn put(&mut self, index: usize, mut mark: Mark, edit: Edit) -> Option<(usize, Mark)> {
        let state = self.states.get_mut(index)?;
        match (&mut state.control, &mut mark.held) {
            (Control::Text(input), Held::Text(_)) => {
                if !input.edit(edit) {
                    return None;
                }
            }
            (control, Held::Other(held)) => swap(control, held),
            _ => return None,
        }
        swap(&mut state.source, &mut mark.source);
        swap(&mut state.touched, &mut mark.touched);
        *self.history.marks.get_mut(index)? = Mark::new(state);
        Some((index, mark))
    }
}
