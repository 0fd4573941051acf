//! The mouse in the form: a click goes to a field, and does there what Space does once the cursor is in it; a choice
//! that stands in the row is taken at once.

use super::choose::mark;
use super::ground::Ground;
use super::{Control, Form, FormEvent, PanelKind, Stop};

impl Form {
    /// A click on a stop, or on one of the choices drawn in its row.
    pub fn click(&mut self, stop: Stop, choice: Option<usize>, ground: &mut Ground) -> Vec<FormEvent> {
        if self.panel.is_some() || !self.stops().contains(&stop) {
            return Vec::new();
        }
        let was_here = self.focus == stop;
        self.go(stop);
        self.said = None;
        match choice {
            Some(at) => self.take_at(stop, at, ground),
            None if matches!(stop, Stop::Advanced | Stop::Group(_)) => self.space(ground),
            None if was_here && self.text_at(stop).is_none() => self.space(ground),
            None => Vec::new(),
        }
    }

    /// Takes the choice at a place, or marks it where several can be.
    fn take_at(&mut self, stop: Stop, place: usize, ground: &mut Ground) -> Vec<FormEvent> {
        let choices = self.choices(stop);
        let Some(choice) = choices.get(place) else { return Vec::new() };
        if let Stop::Field(index) = stop
            && let Some(state) = self.states.get_mut(index)
            && let Control::Many { chosen, at } = &mut state.control
        {
            if let Some(word) = &choice.value {
                *at = place;
                mark(chosen, word, &choices);
                state.touch();
                self.changed(ground);
            }
            return Vec::new();
        }
        self.take(stop, choice.value.clone(), ground)
    }

    /// A click on a row of what is open over the fields: a choice is taken, one of several marked, a field found gone
    /// to; a row to write in, or a line of the request, only gets the cursor.
    pub fn click_row(&mut self, at: usize, ground: &mut Ground) -> Vec<FormEvent> {
        if at >= self.panel_rows() {
            return Vec::new();
        }
        let Some(panel) = &mut self.panel else { return Vec::new() };
        panel.at = at;
        match panel.kind {
            PanelKind::One { .. } | PanelKind::Find | PanelKind::Ask { .. } => return self.pick(ground),
            PanelKind::Several { .. } => self.mark_in_panel(ground),
            PanelKind::Rows { .. } | PanelKind::Request { .. } => {}
        }
        Vec::new()
    }

    /// The wheel: the cursor moves over so many stops or rows, and stays at the ends.
    pub fn scroll(&mut self, by: isize) {
        if self.panel.is_none() {
            return self.move_by(by);
        }
        let last = self.panel_rows().saturating_sub(1);
        if let Some(panel) = &mut self.panel {
            panel.at = panel.at.saturating_add_signed(by).min(last);
        }
    }
}
