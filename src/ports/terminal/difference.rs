//! What of a line has to be written anew. A key changes a few cells of a screen and every one of them is compared, so
//! comparing takes the short way for what screens are made of: characters of one byte and of one cell.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Color;
use unicode_width::UnicodeWidthStr;

/// Cells that the widest character covers beside its own.
const WIDE: usize = 3;

/// Whether two lines look the same.
pub fn alike(shown: &[Cell], next: &[Cell]) -> bool {
    shown.len() == next.len() && shown.iter().zip(next).all(|(shown, next)| same(shown, next))
}

/// The changes of one line: column, row and cell. Only the cells from the first that differs to the last are looked
/// at, and what a wide character there covers.
pub fn between(shown: &[Cell], next: &[Cell], y: u16) -> Vec<(u16, u16, Cell)> {
    let differ = || shown.iter().zip(next).map(|(shown, next)| !same(shown, next));
    let Some(first) = differ().position(|differs| differs) else { return Vec::new() };
    let last = differ().rposition(|differs| differs).unwrap_or(first);
    let range = first..(last + 1 + WIDE).min(next.len());
    let (shown, next) = (&shown[range.clone()], &next[range]);
    let left = column(first);
    if !shown.iter().chain(next).all(is_narrow) {
        return wide(shown, next, (left, y));
    }
    let cells = shown.iter().zip(next).zip(left..);
    let cells = cells.filter(|((shown, next), _)| !same(shown, next));
    cells.map(|((_, next), x)| (x, y, next.clone())).collect()
}

/// The changes as ratatui counts them, which knows what wide characters cover.
fn wide(shown: &[Cell], next: &[Cell], (x, y): (u16, u16)) -> Vec<(u16, u16, Cell)> {
    let line = |cells: &[Cell]| {
        let area = Rect::new(x, y, column(cells.len()), 1);
        Buffer { area, content: cells.to_vec() }
    };
    let (shown, next) = (line(shown), line(next));
    shown.diff(&next).into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect()
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// Equality of cells as ratatui has it, for sheets on which no cell is skipped or forced. Nearly all cells are alike,
/// of one byte or one sign of three, and without colours.
fn same(shown: &Cell, next: &Cell) -> bool {
    let letters = match (shown.symbol().as_bytes(), next.symbol().as_bytes()) {
        ([shown], [next]) => shown == next,
        ([a, b, c], [d, e, f]) => (a, b, c) == (d, e, f),
        (shown, next) => shown == next,
    };
    letters && shown.modifier == next.modifier && is_hue(shown.fg, next.fg) && is_hue(shown.bg, next.bg)
}

fn is_hue(shown: Color, next: Color) -> bool {
    matches!((shown, next), (Color::Reset, Color::Reset)) || shown == next
}

fn is_narrow(cell: &Cell) -> bool {
    matches!(cell.symbol().as_bytes(), [b' '..=b'~']) || cell.symbol().width() == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Modifier, Style};

    use super::*;

    fn cell() -> impl Strategy<Value = Cell> {
        let symbol = prop::sample::select(vec![" ", "a", "b", "─", "e\u{301}", "日", "👩‍👩‍👧", "⚠\u{fe0f}"]);
        let colour =
            prop::sample::select(vec![Color::Reset, Color::Red, Color::Indexed(7), Color::Rgb(1, 2, 3)]);
        let modifier = prop::sample::select(vec![Modifier::empty(), Modifier::BOLD, Modifier::REVERSED]);
        (symbol, colour.clone(), colour, modifier).prop_map(|(symbol, fg, bg, modifier)| {
            let mut cell = Cell::default();
            let style = Style::new().fg(fg).bg(bg).add_modifier(modifier);
            cell.set_symbol(symbol).set_style(style);
            cell
        })
    }

    /// A line in which the cells behind a wide character are empty, as every drawing leaves them.
    fn line() -> impl Strategy<Value = Vec<Cell>> {
        prop::collection::vec(cell(), 12).prop_map(|mut cells| {
            let mut covered = 0_usize;
            for at in 0..cells.len() {
                let wide = cells[at].symbol().width();
                if covered > 0 || at + wide > cells.len() {
                    cells[at] = Cell::EMPTY;
                    covered = covered.saturating_sub(1);
                } else {
                    covered = wide - 1;
                }
            }
            cells
        })
    }

    proptest! {
        #![proptest_config(crate::chance::usual())]

        #[test]
        fn cells_are_the_same_where_ratatui_says_so((one, other) in (cell(), cell())) {
            prop_assert_eq!(same(&one, &other), one == other);
            prop_assert!(same(&one, &one.clone()) && alike(&[Cell::EMPTY], &[Cell::new(" ")]));
        }

        #[test]
        fn the_short_way_leads_where_ratatui_leads((shown, next) in (line(), line())) {
            let whole = |cells: &[Cell]| Buffer { area: Rect::new(0, 4, 12, 1), content: cells.to_vec() };
            let (before, after) = (whole(&shown), whole(&next));
            let theirs: Vec<_> = before.diff(&after).into_iter().map(|(x, y, cell)| (x, y, cell.clone())).collect();
            prop_assert_eq!(between(&shown, &next, 4), theirs);
            prop_assert_eq!(alike(&shown, &next), shown == next);
        }
    }
}
