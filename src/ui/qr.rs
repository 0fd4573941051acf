//! A QR code in cells, two modules in each: dark ink on white paper whatever the terminal's own colours are, with the
//! quiet zone that readers need around it.

use qrcode::{Color as Module, EcLevel, QrCode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

/// Modules left white on each side.
const QUIET: usize = 4;
/// Fixed places of the 256 colours: themes do not change them.
const PAPER: Color = Color::Indexed(231);
const INK: Color = Color::Indexed(16);

/// Draws the code in the middle of the area. Where it does not fit, the answer is the size it needs: columns, rows.
pub fn draw(text: &str, area: Rect, buffer: &mut Buffer) -> Result<(), (usize, usize)> {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::L) else { return Err((0, 0)) };
    let side = code.width() + 2 * QUIET;
    let (columns, rows) = (side, side.div_ceil(2));
    if usize::from(area.width) < columns || usize::from(area.height) < rows {
        return Err((columns, rows));
    }
    let dark = |x: usize, y: usize| {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < code.width());
        matches!((inside(x), inside(y)), (Some(x), Some(y)) if code[(x, y)] == Module::Dark)
    };
    let left = usize::from(area.x) + (usize::from(area.width) - columns) / 2;
    let top = usize::from(area.y) + (usize::from(area.height) - rows) / 2;
    for row in 0..rows {
        for column in 0..columns {
            let symbol = match (dark(column, 2 * row), dark(column, 2 * row + 1)) {
                (false, false) => ' ',
                (true, false) => '▀',
                (false, true) => '▄',
                (true, true) => '█',
            };
            let place = (u16::try_from(left + column), u16::try_from(top + row));
            if let (Ok(x), Ok(y)) = place
                && let Some(cell) = buffer.cell_mut((x, y))
            {
                cell.set_char(symbol).set_style(Style::new().fg(INK).bg(PAPER));
            }
        }
    }
    Ok(())
}
