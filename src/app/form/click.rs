//! The mouse in the form: a click goes to a field, and does there what Space does once the cursor is in it; a choice
//! that stands in the row is taken at once, and in a text the cursor goes to the pointer.

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

    /// A click into the text of a stop, so many cells behind a byte of it: the cursor goes there. What was filled in
    /// beforehand is kept, as by any move of the cursor; a click behind it only goes to the field.
    pub fn click_text(
        &mut self,
        stop: Stop,
        (from, cells): (usize, usize),
        ground: &mut Ground,
    ) -> Vec<FormEvent> {
        let was_here = self.focus == stop;
        let events = self.click(stop, None, ground);
        let prefilled = self.is_prefilled();
        if self.focus == stop
            && self.panel.is_none()
            && let Some(input) = self.text_at_mut(stop)
        {
            let inside = input.point(from, cells);
            if prefilled && (inside || was_here) {
                self.touch();
            }
        }
        events
    }

    /// The same in what is open over the fields: in a row, or in what is looked for.
    pub fn click_typed(&mut self, row: Option<usize>, (from, cells): (usize, usize)) {
        let rows = self.panel_rows();
        let Some(panel) = &mut self.panel else { return };
        match row {
            Some(row) if panel.is_rows() && row < rows => panel.at = row,
            None if !panel.is_rows() => {}
            _ => return,
        }
        panel.input().point(from, cells);
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
    /// to; a line of the request only gets the cursor.
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
