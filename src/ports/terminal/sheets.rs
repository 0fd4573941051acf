//! The frame being drawn and the one the terminal shows. A key changes a line or two of a screen, so lines are
//! compared as a whole first, and only those that differ cell by cell: that was a third of the cost of a key.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::difference::{alike, between};

pub struct Sheets {
    shown: Buffer,
    next: Buffer,
}

impl Sheets {
    /// Two empty sheets of so many columns and rows.
    pub fn new(size: (u16, u16)) -> Sheets {
        let empty = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        Sheets { shown: empty.clone(), next: empty }
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.next.area.width, self.next.area.height)
    }

    /// The empty sheet for the next frame.
    pub fn next(&mut self) -> &mut Buffer {
        &mut self.next
    }

    /// What the terminal has to be told so that it shows the next frame: column, row and cell.
    pub fn changes(&self) -> Vec<(u16, u16, Cell)> {
        let width = usize::from(self.next.area.width).max(1);
        let rows = self.shown.content.chunks(width).zip(self.next.content.chunks(width)).zip(0..);
        let differ = rows.filter(|((shown, next), _)| !alike(shown, next));
        differ.flat_map(|((shown, next), y)| between(shown, next, y)).collect()
    }

    /// The terminal shows the next frame now; the other sheet is emptied while nobody waits for it.
    pub fn turn(&mut self) {
        std::mem::swap(&mut self.shown, &mut self.next);
        self.next.reset();
    }
}
