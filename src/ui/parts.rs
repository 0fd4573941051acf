//! Small pieces every page is drawn with: a thin rule with a title, key hints, and text cut to its width. All drawing
//! clips itself to the buffer, whatever the size of the terminal.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_segmentation::UnicodeSegmentation;

use super::measure::are_simple;
use super::theme::Theme;

pub use super::measure::{TextWidth, cells, count, graphemes, line_width, width};

/// Draws a line at a place, cut to the area; places outside are nothing.
pub fn put(buffer: &mut Buffer, area: Rect, x: u16, y: u16, line: Line) {
    let area = area.intersection(buffer.area);
    let (left, top) = (area.x.saturating_add(x), area.y.saturating_add(y));
    if left >= area.right() || top >= area.bottom() {
        return;
    }
    let room = Rect { x: left, y: top, width: area.right() - left, height: 1 };
    if line.alignment.is_some() || !line.spans.iter().all(|span| are_simple(&span.content)) {
        return line.render(room, buffer);
    }
    simple(buffer, room, &line);
}

/// Draws a line of simple characters as ratatui would, which takes every text for the most difficult one: that was
/// half the time of a key.
fn simple(buffer: &mut Buffer, room: Rect, line: &Line) {
    if line.style != Style::new() {
        buffer.set_style(room, line.style);
    }
    let start = buffer.index_of(room.x, room.y);
    let Some(cells) = buffer.content.get_mut(start..start + usize::from(room.width)) else { return };
    let mut cells = cells.iter_mut();
    for span in &line.spans {
        let plain = span.style == Style::new();
        for (letter, cell) in span.content.chars().zip(cells.by_ref()) {
            if letter != ' ' || cell.symbol() != " " {
                cell.set_char(letter);
            }
            if !plain {
                cell.set_style(span.style);
            }
        }
    }
}

/// The same, ending at the right edge of the area, `x` columns before it.
/// The answer is the column it begins at.
pub fn put_right(buffer: &mut Buffer, area: Rect, x: u16, y: u16, line: Line) -> u16 {
    let left = area.width.saturating_sub(count(line_width(&line))).saturating_sub(x);
    put(buffer, area, left, y, line);
    left
}

/// Draws one text, cut to a width with `…`; nothing is allocated where it fits. Returns the columns it took.
pub fn text(buffer: &mut Buffer, area: Rect, at: (u16, u16), width: u16, text: &str, style: Style) -> u16 {
    let area = area.intersection(buffer.area);
    let (left, top) = (area.x.saturating_add(at.0), area.y.saturating_add(at.1));
    if left >= area.right() || top >= area.bottom() {
        return 0;
    }
    let room = width.min(area.right() - left);
    let end = match self::width(text) <= usize::from(room) {
        true => buffer.set_stringn(left, top, text, usize::from(room), style).0,
        false => buffer.set_stringn(left, top, cut(text, usize::from(room)), usize::from(room), style).0,
    };
    end - left
}

/// The same, ending at the right edge of its width.
pub fn text_right(buffer: &mut Buffer, area: Rect, at: (u16, u16), width: u16, shown: &str, style: Style) {
    let pad = width.saturating_sub(u16::try_from(shown.width()).unwrap_or(u16::MAX));
    text(buffer, area, (at.0.saturating_add(pad), at.1), width - pad, shown, style);
}

/// Makes a part of the screen empty.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    for y in area.top()..area.bottom() {
        let start = buffer.index_of(area.x, y);
        if let Some(cells) = buffer.content.get_mut(start..start + usize::from(area.width)) {
            cells.iter_mut().for_each(Cell::reset);
        }
    }
}

/// A text in lines of at most this many cells, broken between words where there are some, else anywhere.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in words(paragraph) {
            if line.width() + word.width() > width && !line.trim().is_empty() && word.width() <= width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                if word.trim().is_empty() {
                    continue;
                }
            }
            for grapheme in word.graphemes(true) {
                if line.width() + grapheme.width() > width {
                    lines.push(std::mem::take(&mut line));
                }
                line.push_str(grapheme);
            }
        }
        lines.push(line);
    }
    lines
}

/// Words and the spaces between them. Only spaces part words: an address or `4.5` stays in one piece where it can.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let spaces = rest.starts_with(char::is_whitespace);
        let end = rest.find(|c: char| c.is_whitespace() != spaces).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}

/// An address in lines of exactly this many cells, so that it can be put together again by eye.
pub fn chop(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        if used + grapheme.width() > width {
            lines.push(String::new());
            used = 0;
        }
        used += grapheme.width();
        if let Some(line) = lines.last_mut() {
            line.push_str(grapheme);
        }
    }
    lines
}

/// What rules are made of.
const DASH: Cell = Cell::new("─");

/// A thin rule with a title at its left and a note at its right: `── Links ──── newest first ──`. The dashes are put
/// cell by cell: a text of them would be taken apart character by character in every frame.
pub fn rule(buffer: &mut Buffer, area: Rect, y: u16, title: &str, note: &str, theme: Theme) {
    let row =
        Rect { y: area.y.saturating_add(y), height: 1, ..area }.intersection(area).intersection(buffer.area);
    if row.is_empty() {
        return;
    }
    let quiet = theme.quiet();
    let start = buffer.index_of(row.x, row.y);
    if let Some(cells) = buffer.content.get_mut(start..start + usize::from(row.width)) {
        for cell in cells {
            *cell = DASH;
            cell.set_style(quiet);
        }
    }
    let mut left = usize::from(area.width);
    if !title.is_empty() && left > 4 {
        let title = format!(" {} ", cut(title, left - 4));
        left = left.saturating_sub(title.width() + 2);
        put(buffer, area, 2, y, Line::from(Span::styled(title, theme.strong())));
    }
    if !note.is_empty() && left >= note.width() + 8 {
        put_right(buffer, area, 2, y, Line::from(Span::styled(format!(" {note} "), theme.quiet())));
    }
}

/// `n new  N quick …`: keys bold, words quiet.
pub fn hints<'a>(pairs: &[(&str, &str)], theme: Theme) -> Line<'a> {
    let mut spans = Vec::new();
    for (index, (key, word)) in pairs.iter().enumerate() {
        if index > 0 {
            spans.push(Span::raw("  "));
        }
        spans.push(Span::styled((*key).to_owned(), theme.key()));
        spans.push(Span::styled(format!(" {word}"), theme.quiet()));
    }
    Line::from(spans)
}

/// Text cut to a width in cells, with `…` where something is missing. Graphemes stay whole.
pub fn cut(text: &str, width: usize) -> String {
    if self::width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        if used + grapheme.width() + 1 > width {
            break;
        }
        used += grapheme.width();
        out.push_str(grapheme);
    }
    if width > 0 {
        out.push('…');
    }
    out
}

/// An address cut in its middle, so that both where it leads and what makes it this one can be seen.
pub fn cut_middle(text: &str, width: usize) -> String {
    if self::width(text) <= width {
        return text.to_owned();
    }
    let most = (width / 3).min(24);
    let head = cut(text, width.saturating_sub(most));
    let mut tail = 0;
    let kept = text.graphemes(true).rev().take_while(|grapheme| {
        tail += grapheme.width();
        tail <= most
    });
    let length: usize = kept.map(str::len).sum();
    head + &text[text.len() - length..]
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Modifier};

    use super::*;

    #[test]
    fn an_address_keeps_both_its_ends() {
        let address = "https://acme.example/rooms/606f3e7f-f449-46fc-915b?roomKey=••••••••";
        assert_eq!(cut_middle(address, 67), address);
        assert_eq!(cut_middle(address, 48), "https://acme.example/rooms/606f…roomKey=••••••••");
        assert_eq!(cut_middle(address, 10), "https:…•••");
        for width in 0..80 {
            assert!(cut_middle(address, width).width() <= width, "{width}");
            assert!(cut_middle("日本語の会議の名前", width).width() <= width, "{width}");
        }
    }

    #[test]
    fn a_simple_line_is_drawn_as_ratatui_draws_it() {
        let red = Style::new().fg(Color::Red);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        let spans = vec![Span::styled("── Links ", red), Span::raw("● on"), Span::styled(" 14:02 …", bold)];
        for style in [Style::new(), bold, Style::new().bg(Color::Blue)] {
            for width in 0..30 {
                let line = Line { spans: spans.clone(), style, alignment: None };
                let area = Rect::new(3, 2, width, 2);
                let screen = Rect::new(1, 1, 26, 3);
                let before = Buffer::filled(screen, ratatui::buffer::Cell::new("x"));
                let (mut ours, mut theirs) = (before.clone(), before.clone());
                put(&mut ours, area, 1, 1, line.clone());
                let row = Rect { x: 4, y: 3, width: width.saturating_sub(1), height: 1 };
                line.render(row.intersection(screen), &mut theirs);
                assert_eq!(ours, theirs, "{width}");
            }
        }
    }
}
