//! The request log: one line for each request of this run, and the page of a single one, which shows what was sent as
//! the form's preview does, and what came back.

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::app::spot::{Spot, Spots};
use crate::domain::exchange::{Exchange, Heard, Shown};

use super::form::whole_request;
use super::parts::{chop, graphemes, put, rule, text, text_right, width, wrap};
use super::theme::Theme;

/// Widths of the columns at the left and at the right; the request itself gets what is left.
const WHEN: u16 = 8;
const STATUS: u16 = 9;
const TOOK: u16 = 6;
const SIZE: u16 = 9;

/// Where the columns begin on a line of this width.
struct Columns {
    profile: (u16, u16),
    request: (u16, u16),
    status: u16,
    took: u16,
    size: u16,
}

impl Columns {
    /// `widest` is the width of the longest profile's name.
    fn of(width: u16, widest: usize) -> Columns {
        let size = width.saturating_sub(SIZE + 1);
        let took = size.saturating_sub(TOOK + 1);
        let status = took.saturating_sub(STATUS + 1);
        let most = usize::from(width / 8).max(7);
        let profile = (2 + WHEN + 2, widest.clamp(7, most) as u16);
        let request = profile.0 + profile.1 + 2;
        Columns { profile, request: (request, status.saturating_sub(request + 2)), status, took, size }
    }
}

pub fn draw(model: &Model, marked: u64, area: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let count = model.requests.len();
    let note =
        if count == 0 { "none yet".to_owned() } else { format!("newest first · all {count} of this run") };
    rule(buffer, area, 1, "Requests", &note, theme);
    if count == 0 {
        let said = "Nothing has been sent yet. What is sent is listed here, without its secrets.";
        text(buffer, area, (3, 3), area.width.saturating_sub(4), said, theme.quiet());
        return;
    }
    let widest = model.requests.iter().map(|one| one.profile.width()).max().unwrap_or(0);
    let columns = Columns::of(area.width, widest);
    headings(&columns, area, buffer, theme);
    let room = usize::from(area.height.saturating_sub(3)).max(1);
    let place = model.requests.place(marked);
    let top = (place + 1).saturating_sub(room);
    for ((at, exchange), y) in model.requests.iter().enumerate().skip(top).take(room).zip(3..) {
        let line = Rect { y: area.y.saturating_add(y), height: 1, ..area };
        if line.y >= area.bottom() {
            break;
        }
        let style = if at == place { theme.strong() } else { theme.text() };
        if at == place {
            text(buffer, line, (1, 0), 1, "▌", theme.accent());
        }
        row(model, exchange, &columns, line, style, buffer, theme);
        spots.add(super::area(line), Spot::Line(at));
    }
}

fn headings(columns: &Columns, area: Rect, buffer: &mut Buffer, theme: Theme) {
    let quiet = theme.quiet();
    text(buffer, area, (2, 2), WHEN, "WHEN", quiet);
    text(buffer, area, (columns.profile.0, 2), columns.profile.1, "PROFILE", quiet);
    text(buffer, area, (columns.request.0, 2), columns.request.1, "REQUEST", quiet);
    text(buffer, area, (columns.status, 2), STATUS, "STATUS", quiet);
    text_right(buffer, area, (columns.took, 2), TOOK, "TOOK", quiet);
    text_right(buffer, area, (columns.size, 2), SIZE, "SIZE", quiet);
}

fn row(
    model: &Model,
    exchange: &Exchange,
    columns: &Columns,
    line: Rect,
    style: Style,
    buffer: &mut Buffer,
    theme: Theme,
) {
    text(buffer, line, (2, 0), WHEN, &clock(model, exchange.at), style);
    text(buffer, line, (columns.profile.0, 0), columns.profile.1, exchange.profile.as_str(), style);
    let request = request(exchange, usize::from(columns.request.1));
    text(buffer, line, (columns.request.0, 0), columns.request.1, &request, style);
    text(buffer, line, (columns.status, 0), STATUS, &exchange.status(), of_status(exchange, theme));
    text_right(buffer, line, (columns.took, 0), TOOK, &took(exchange), style);
    let size = match &exchange.heard {
        Heard::Answer(shown) => size(shown.bytes),
        _ => "-".into(),
    };
    text_right(buffer, line, (columns.size, 0), SIZE, &size, style);
}

/// Method, host and path. What goes first is the beginning of the host, which the profile tells too.
fn request(exchange: &Exchange, room: usize) -> String {
    let (method, place) = (&exchange.request.method, exchange.place());
    let left = room.saturating_sub(width(method) + 2);
    if place.width() <= left + 1 {
        return format!("{method} {place}");
    }
    let graphemes: Vec<&str> = graphemes(place.as_str()).collect();
    let mut used = 0;
    let fits = |grapheme: &&&str| {
        used += width(grapheme);
        used <= left
    };
    let kept = graphemes.iter().rev().take_while(fits).count();
    format!("{method} …{}", graphemes[graphemes.len() - kept..].concat())
}

/// One request whole: what was sent, then what came.
pub fn draw_one(model: &Model, of: u64, scroll: usize, area: Rect, buffer: &mut Buffer, theme: Theme) {
    let Some(exchange) = model.requests.get(of) else { return };
    let lines = lines(exchange, area.width, theme);
    let room = usize::from(area.height.saturating_sub(3));
    let scroll = scroll.min(lines.len().saturating_sub(room));
    let note = match lines.len() > room {
        true => format!("{}–{} of {} lines", scroll + 1, (scroll + room).min(lines.len()), lines.len()),
        false => format!("{} · {}", clock(model, exchange.at), took(exchange)),
    };
    let title = format!("Request with {}", exchange.profile);
    rule(buffer, area, 1, &title, &note, theme);
    for (line, y) in lines.into_iter().skip(scroll).take(room).zip(3..) {
        put(buffer, area, 0, y, line);
    }
}

fn lines(exchange: &Exchange, columns: u16, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = heading("Sent", theme);
    lines.extend(whole_request(&exchange.request, columns, theme));
    lines.push(Line::default());
    let inner = usize::from(columns).saturating_sub(4);
    match &exchange.heard {
        Heard::Answer(shown) => {
            lines.extend(heading("Answered", theme));
            lines.extend(answer(shown, exchange, inner, theme));
        }
        Heard::NotSent(why) => {
            lines.extend(heading("Not sent", theme));
            lines.extend(said(why.as_str(), inner, theme.bad()));
        }
        Heard::Nothing(why) => {
            lines.extend(heading("No answer", theme));
            lines.extend(said(why.as_str(), inner, theme.bad()));
        }
    }
    lines
}

fn answer(shown: &Shown, exchange: &Exchange, room: usize, theme: Theme) -> Vec<Line<'static>> {
    let status = Line::from(vec![
        Span::raw("  "),
        Span::styled(shown.status.to_string(), of_status(exchange, theme)),
        Span::styled(format!("   {} in {}", size(shown.bytes), took(exchange)), theme.quiet()),
    ]);
    let mut lines = vec![status];
    for (name, value) in &shown.headers {
        lines.extend(said(&format!("{name}: {value}"), room, theme.quiet()));
    }
    for line in shown.body.as_str().lines() {
        // What is indented stays so in the lines it is broken into.
        lines.extend(chop(line, room).into_iter().map(|part| Line::raw(format!("  {part}"))));
    }
    lines
}

fn heading(word: &'static str, theme: Theme) -> Vec<Line<'static>> {
    vec![Line::from(vec![Span::raw(" "), Span::styled(word, theme.accent())])]
}

fn said(words: &str, room: usize, style: Style) -> Vec<Line<'static>> {
    let line = |part| Line::from(vec![Span::raw("  "), Span::styled(part, style)]);
    wrap(words, room).into_iter().map(line).collect()
}

/// Good for 2xx, a warning for what only points elsewhere, bad for the rest.
fn of_status(exchange: &Exchange, theme: Theme) -> Style {
    match &exchange.heard {
        Heard::Answer(shown) if (200..300).contains(&shown.status) => theme.good(),
        Heard::Answer(shown) if shown.status < 400 => theme.warn(),
        _ => theme.bad(),
    }
}

fn clock(model: &Model, at: Timestamp) -> String {
    at.to_zoned(model.zone.clone()).strftime("%H:%M:%S").to_string()
}

/// `312 ms`, `4.1 s`.
fn took(exchange: &Exchange) -> String {
    match exchange.took.as_millis() {
        short @ 0..1000 => format!("{short} ms"),
        _ => format!("{:.1} s", exchange.took.as_secs_f64()),
    }
}

/// `512 B`, `3.4 KiB`.
fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        _ => format!("{:.1} KiB", bytes as f64 / 1024.0),
    }
}
