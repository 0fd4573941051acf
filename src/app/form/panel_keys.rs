//! Keys while a panel is open: moving among its rows, typing into it.

use crate::app::text_input::{Edit, TextInput};

use super::ground::Ground;
use super::{Form, FormEvent, PanelKind};

/// Rows a page moves over.
const PAGE: isize = 8;

impl Form {
    pub(super) fn panel_act(&mut self, action: super::FormAction, ground: &mut Ground) -> Vec<FormEvent> {
        use super::FormAction::*;
        match action {
            Pick | Submit => return self.pick(ground),
            ClosePicker | Back => self.close_panel(ground),
            Mark | Toggle if self.panel.as_ref().is_some_and(|panel| !panel.takes_text()) => {
                return self.pick(ground);
            }
            Mark | Toggle => self.panel_space(ground),
            NextChoice | Next if self.leaves_rows(1) => self.leave_panel(1, ground),
            PreviousChoice | Previous if self.leaves_rows(-1) => self.leave_panel(-1, ground),
            NextChoice | Next => self.panel_move(1),
            PreviousChoice | Previous => self.panel_move(-1),
            ChoicesDown | PageDown => self.panel_move(PAGE),
            ChoicesUp | PageUp => self.panel_move(-PAGE),
            Text(edit) => self.panel_edit(edit, ground),
            Create | CreateAndCopy => {
                self.panel = None;
                return self.submit(action == CreateAndCopy, ground);
            }
            PutBack => {
                let erased = self.erased.clone();
                self.panel_type(&erased, ground);
            }
            Edit => return self.edit_elsewhere(),
            Request | Fold | OnlySet | Find | Reroll | Fix | Presets | People | FieldHelp | TestKey => {}
        }
        Vec::new()
    }

    /// Whether a step leads out of written rows: up from the first, down from an empty last one.
    fn leaves_rows(&self, by: isize) -> bool {
        let Some(panel) = &self.panel else { return false };
        let PanelKind::Rows { rows, .. } = &panel.kind else { return false };
        let at_end = panel.at + 1 >= rows.len() && rows.last().is_none_or(TextInput::is_empty);
        if by < 0 { panel.at == 0 } else { at_end }
    }

    fn leave_panel(&mut self, by: isize, ground: &mut Ground) {
        self.close_panel(ground);
        self.step(by);
    }

    /// Down from the last written row begins a new one.
    fn panel_move(&mut self, by: isize) {
        let count = self.panel_rows();
        let Some(panel) = &mut self.panel else { return };
        if let PanelKind::Rows { rows, .. } = &mut panel.kind
            && by > 0
            && panel.at + 1 >= rows.len()
            && rows.last().is_some_and(|row| !row.is_empty())
        {
            rows.push(TextInput::line(""));
            panel.at = rows.len() - 1;
            return;
        }
        let last = count.saturating_sub(1);
        panel.at = match by {
            1 if panel.at >= last => 0,
            -1 if panel.at == 0 => last,
            _ => panel.at.saturating_add_signed(by).min(last),
        };
    }

    fn panel_space(&mut self, ground: &mut Ground) {
        match self.panel.as_ref().map(|panel| &panel.kind) {
            Some(PanelKind::Several { .. }) => self.mark_in_panel(ground),
            Some(PanelKind::Rows { .. } | PanelKind::Find) => self.panel_type(" ", ground),
            _ => {}
        }
    }

    pub(super) fn panel_type(&mut self, text: &str, ground: &mut Ground) {
        let Some(panel) = self.panel.as_mut().filter(|panel| panel.takes_text()) else { return };
        panel.input().insert(text);
        self.panel_typed(ground);
    }

    pub(super) fn panel_edit(&mut self, edit: Edit, ground: &mut Ground) {
        let Some(panel) = self.panel.as_mut().filter(|panel| panel.takes_text()) else { return };
        let before = panel.input().text().to_owned();
        if let Some(erased) = panel.input().would_erase(edit) {
            self.erased = erased.to_owned();
        }
        panel.input().edit(edit);
        if panel.input().text() != before {
            self.panel_typed(ground);
        }
    }

    fn panel_typed(&mut self, ground: &mut Ground) {
        let Some(panel) = &mut self.panel else { return };
        if panel.is_rows() {
            self.rows_written(ground);
        } else {
            panel.at = 0;
        }
    }
}
