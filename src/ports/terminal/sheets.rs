//! The frame being drawn and the one the terminal shows. A key changes a line or two of a screen, so lines are
//! compared as a whole first, and only those that differ cell by cell: that was a third of the cost of a key.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

/// Cells that the widest character covers beside its own.
const WIDE: usize = 3;

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
        let differ = rows.filter(|((shown, next), _)| shown != next);
        differ.flat_map(|((shown, next), y)| between(shown, next, y)).collect()
    }

    /// The terminal shows the next frame now; the other sheet is emptied while nobody waits for it.
    pub fn turn(&mut self) {
        std::mem::swap(&mut self.shown, &mut self.next);
        self.next.reset();
    }
}

/// The changes of one line, as ratatui counts them, which knows what wide characters cover. Only the cells from the
/// first that differs to the last, and what a wide character there covers, are handed to it.
fn between(shown: &[Cell], next: &[Cell], y: u16) -> Vec<(u16, u16, Cell)> {
    let differ = || shown.iter().zip(next).map(|(shown, next)| shown != next);
    let Some(first) = differ().position(|differs| differs) else { return Vec::new() };
    let last = differ().rposition(|differs| differs).unwrap_or(first);
    let range = first..(last + 1 + WIDE).min(next.len());
    let column = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    let line = |cells: &[Cell]| {
        let area = Rect::new(column(range.start), y, column(range.len()), 1);
        Buffer { area, content: cells[range.clone()].to_vec() }
    };
    let (shown, next) = (line(shown), line(next));
    shown.diff(&next).into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect()
}
