//! A screen as text. Snapshots also carry a hash of the styles, so that a diff is readable and a changed colour still
//! fails.

use ratatui::buffer::Buffer;

pub fn plain(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut out = String::new();
    for y in area.top()..area.bottom() {
        let mut line = String::new();
        let mut skip = 0;
        for x in area.left()..area.right() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = buffer[(x, y)].symbol();
            skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
            line.push_str(symbol);
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

pub fn with_styles(buffer: &Buffer) -> String {
    format!("{}styles {:016x}\n", plain(buffer), styles(buffer))
}

/// FNV-1a over every cell that is not plain.
fn styles(buffer: &Buffer) -> u64 {
    let plain = ratatui::buffer::Cell::default();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for (index, cell) in buffer.content.iter().enumerate() {
        if cell.style() == plain.style() {
            continue;
        }
        for byte in format!("{index}{:?}", cell.style()).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
