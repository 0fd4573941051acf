//! The list: one line per entry in columns that line up, newest first. Only the visible rows are looked at, whatever
//! the length of the list.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::layer::Layer;
use crate::app::model::Model;
use crate::app::row::Row;
use crate::app::spot::{Spot, Spots};
use crate::app::view::{Order, States};

use super::parts::{rule, text, text_right};
use super::theme::Theme;
use super::{ends, state_note};

/// Left edge and width of each column; a width of 0 leaves the column out.
struct Columns {
    profile: (u16, u16),
    name: (u16, u16),
    ticket: (u16, u16),
    audience: (u16, u16),
    ends: (u16, u16),
    state: (u16, u16),
}

const WHEN: u16 = 5;
const ENDS: u16 = 8;
const STATE: u16 = 16;
/// Narrower than this a name says nothing.
const NAME: u16 = 12;

impl Columns {
    /// What does not fit is left to the details: first whom the links are for, then the ticket.
    fn fit(width: u16, profile: u16, ticket: u16, audience: u16, ends: u16) -> Columns {
        let state = STATE + (width.saturating_sub(90) / 4).min(12);
        let profile = profile.min((width / 7).max(7));
        let fixed = 1 + WHEN + 2 + profile + 2 + 1 + ends + 2 + state + 1;
        let with = |width: u16, gap: u16| if width == 0 { 0 } else { width + gap };
        let name = |ticket, audience| width.saturating_sub(fixed + with(ticket, 1) + with(audience, 2));
        let fits = |(ticket, audience): &(u16, u16)| name(*ticket, *audience) >= NAME;
        let (ticket, audience) = [(ticket, audience), (ticket, 0)].into_iter().find(fits).unwrap_or((0, 0));
        let name = name(ticket, audience);
        let mut x = 1 + WHEN + 2;
        let mut take = |width: u16, gap: u16| {
            let at = (x, width);
            x += with(width, gap);
            at
        };
        Columns {
            profile: take(profile, 2),
            name: take(name, 1),
            ticket: take(ticket, 1),
            audience: take(audience, 2),
            ends: take(ends, 2),
            state: take(state, 0),
        }
    }

    fn of(rows: &[&Row], width: u16) -> Columns {
        let widest = |of: &dyn Fn(&Row) -> usize| rows.iter().map(|row| of(row)).max().unwrap_or(0) as u16;
        let profile = widest(&|row| row.profile.width().min(20)).max(7);
        let ticket = match widest(&|row| row.ticket.width().min(12)) {
            0 => 0,
            wide => wide.max(6),
        };
        let audience = widest(&|row| row.audiences.len()).clamp(5, 13);
        Columns::fit(width, profile, ticket, audience, ENDS)
    }
}

pub fn draw(model: &Model, area: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let shown = usize::from(area.height.saturating_sub(2));
    let rows: Vec<&Row> =
        (model.rows.top..model.rows.top + shown).map_while(|at| model.rows.at(at)).collect();
    rule(buffer, area, 0, "Links", &note(model, rows.len()), theme);
    let columns = Columns::of(&rows, area.width);
    headings(&columns, area, buffer, theme);
    let today = model.now.to_zoned(model.zone.clone()).date();
    let selected = model.rows.selected().map(|row| row.job);
    for (row, y) in rows.iter().zip(2..) {
        let line = Rect { y: area.y.saturating_add(y), height: 1, ..area };
        draw_row(model, row, &columns, line, today, buffer, theme);
        if model.marks.holds(row.job) {
            text(buffer, line, (1 + WHEN, 0), 1, "*", theme.accent());
        }
        if selected == Some(row.job) {
            mark_row(line, buffer, theme);
        }
        spots.add(super::area(line), Spot::Row(row.job));
    }
    if rows.is_empty() {
        let none = match model.filter.text() {
            "" => "No entry is in this state.",
            _ => "No entry holds this text.",
        };
        text(buffer, area, (1, 3), area.width.saturating_sub(2), none, theme.quiet());
    }
}

/// What the rule says at its right: the filter while there is one, the order, and how many there are in which state;
/// where not all of them can be seen, which ones are.
fn note(model: &Model, seen: usize) -> String {
    let typing = matches!(model.layers.last(), Some(Layer::Filter));
    let view = model.rows.view();
    let (shown, total) = (model.rows.len(), model.rows.total());
    let filter = match (typing, model.filter.text()) {
        (true, typed) => {
            let (before, after) = typed.split_at(model.filter.at());
            format!("filter: {before}▏{after} ")
        }
        (false, "") => String::new(),
        (false, typed) => format!("filter: {typed} · "),
    };
    let order = match (filter.is_empty(), view.order) {
        (false, Order::Newest) => String::new(),
        (_, order) => format!("{} · ", order.name()),
    };
    let count = match (filter.is_empty(), view.states) {
        (true, States::All) if seen < shown => {
            let top = model.rows.top;
            format!("{}–{} of {total}", top + 1, top + seen)
        }
        (true, States::All) => format!("all {total}"),
        (false, States::All) => format!("{shown} of {total}"),
        (_, states) => format!("{} · {shown} of {total}", states.name()),
    };
    format!("{filter}{order}{count}")
}

fn headings(columns: &Columns, area: Rect, buffer: &mut Buffer, theme: Theme) {
    let quiet = theme.quiet();
    text(buffer, area, (1, 1), WHEN, "WHEN", quiet);
    let all = [
        (columns.profile, "PROFILE"),
        (columns.name, "NAME"),
        (columns.ticket, "TICKET"),
        (columns.audience, "FOR"),
        (columns.state, "STATE"),
    ];
    for ((x, width), word) in all {
        text(buffer, area, (x, 1), width, word, quiet);
    }
    text_right(buffer, area, (columns.ends.0, 1), columns.ends.1, "ENDS", quiet);
}

fn draw_row(
    model: &Model,
    row: &Row,
    columns: &Columns,
    line: Rect,
    today: Date,
    buffer: &mut Buffer,
    theme: Theme,
) {
    let made = row.since.to_zoned(model.zone.clone());
    let when = made.strftime(if made.date() == today { "%H:%M" } else { "%m-%d" }).to_string();
    let plain = theme.text();
    text(buffer, line, (1, 0), WHEN, &when, plain);
    text(buffer, line, (columns.profile.0, 0), columns.profile.1, row.profile.as_str(), plain);
    text(buffer, line, (columns.name.0, 0), columns.name.1, row.name.as_str(), plain);
    text(buffer, line, (columns.ticket.0, 0), columns.ticket.1, row.ticket.as_str(), plain);
    let or_dash = |word: &str| if word.is_empty() { theme.quiet() } else { plain };
    let audience = if row.audiences.is_empty() { "-" } else { &row.audiences };
    text(buffer, line, (columns.audience.0, 0), columns.audience.1, audience, or_dash(&row.audiences));
    let there = row.entry().filter(|entry| entry.deleted.is_none());
    let left = there.and_then(|entry| ends::column(entry, model.now)).unwrap_or_default();
    let shown = if left.is_empty() { "-" } else { &left };
    text_right(buffer, line, (columns.ends.0, 0), columns.ends.1, shown, or_dash(&left));
    draw_state(model, row, columns.state, line, buffer, theme);
}

fn draw_state(model: &Model, row: &Row, column: (u16, u16), line: Rect, buffer: &mut Buffer, theme: Theme) {
    let style = theme.state(row.state);
    let (x, width) = column;
    text(buffer, line, (x, 0), 1, row.state.glyph().encode_utf8(&mut [0; 4]), style);
    let used = 3 + text(buffer, line, (x + 2, 0), width.saturating_sub(2), row.state.name(), style);
    let note = state_note::of(model, row, width.saturating_sub(used));
    let style = if note.loud { theme.warn() } else { theme.quiet() };
    text(buffer, line, (x + used, 0), width.saturating_sub(used), &note.text, style);
}

/// Bold with a bar at the left: readable on every background.
fn mark_row(line: Rect, buffer: &mut Buffer, theme: Theme) {
    buffer.set_style(line.intersection(buffer.area), Style::new().add_modifier(Modifier::BOLD));
    text(buffer, line, (0, 0), 1, "▌", theme.accent());
}
