//! Hyperlinks (OSC 8) around cells: which of the cells to be written lie in one, and what opens and closes it. Every
//! piece is closed again at once, so that nothing else on the screen can end up in a link.

use ratatui::buffer::Cell;

use crate::domain::hyperlink::Hyperlink;

/// A changed cell: column, row, what stands there.
pub type Change = (u16, u16, Cell);

/// What ends a hyperlink.
pub const CLOSED: &str = "\x1b]8;;\x1b\\";

/// What begins one. Pieces of the same number are one link to the terminal.
pub fn opened(link: &Hyperlink) -> String {
    format!("\x1b]8;id=roomkey{};{}\x1b\\", link.number, link.target.url().expose())
}

/// The cells in pieces that lie in one link, or in none, in their order.
pub fn pieces<'c, 'l>(
    changes: &'c mut [Change],
    links: &'l [Hyperlink],
) -> Vec<(&'c mut [Change], Option<&'l Hyperlink>)> {
    let of = |(x, y, _): &Change| links.iter().find(|link| link.holds(*x, *y));
    let mut pieces = Vec::new();
    let mut rest = changes;
    while let Some(first) = rest.first() {
        let link = of(first);
        let end = rest.iter().position(|change| of(change) != link).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at_mut(end);
        pieces.push((piece, link));
        rest = behind;
    }
    pieces
}
