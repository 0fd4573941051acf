//! The frame being drawn and the one the terminal shows. A key changes a line or two of a screen, so lines are
//! compared as a whole first, and only those that differ cell by cell: that was a third of the cost of a key.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::difference::{alike, between};
use crate::domain::hyperlink::Hyperlink;

pub struct Sheets {
    shown: Buffer,
    next: Buffer,
    /// What leads where on each of them.
    shown_links: Vec<Hyperlink>,
    next_links: Vec<Hyperlink>,
}

impl Sheets {
    /// Two empty sheets of so many columns and rows.
    pub fn new(size: (u16, u16)) -> Sheets {
        let empty = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        Sheets { shown: empty.clone(), next: empty, shown_links: Vec::new(), next_links: Vec::new() }
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.next.area.width, self.next.area.height)
    }

    /// The empty sheet for the next frame.
    pub fn next(&mut self) -> &mut Buffer {
        &mut self.next
    }

    /// The cells of the next frame that lead to an address.
    pub fn lead(&mut self, links: Vec<Hyperlink>) {
        self.next_links = links;
    }

    pub fn links(&self) -> &[Hyperlink] {
        &self.next_links
    }

    /// What the terminal has to be told so that it shows the next frame: column, row and cell.
    pub fn changes(&self) -> Vec<(u16, u16, Cell)> {
        let width = usize::from(self.next.area.width).max(1);
        let rows = self.shown.content.chunks(width).zip(self.next.content.chunks(width)).zip(0..);
        if self.shown_links == self.next_links {
            let differ = rows.filter(|((shown, next), _)| !alike(shown, next));
            return differ.flat_map(|((shown, next), y)| between(shown, next, y)).collect();
        }
        // Where the same text leads somewhere else now, the terminal has to be told all of it again.
        let mut unlike = vec![Cell::EMPTY; width];
        unlike.iter_mut().for_each(|cell| cell.modifier = Modifier::all());
        let was = |row: &[Cell], y| if self.leads_alike(y) { row.to_vec() } else { unlike.clone() };
        rows.flat_map(|((shown, next), y)| between(&was(shown, y), next, y)).collect()
    }

    /// Whether everything in a row leads where it led before.
    fn leads_alike(&self, row: u16) -> bool {
        let of = |links: &[Hyperlink]| links.iter().filter(|link| link.y == row).cloned().collect::<Vec<_>>();
        of(&self.shown_links) == of(&self.next_links)
    }

    /// The terminal shows the next frame now; the other sheet is emptied while nobody waits for it.
    pub fn turn(&mut self) {
        std::mem::swap(&mut self.shown, &mut self.next);
        self.shown_links = std::mem::take(&mut self.next_links);
        self.next.reset();
    }
}
