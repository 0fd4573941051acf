//! The details of the selected row: under the list, beside it, or over the whole screen. What they say comes from
//! `facts`; here it is laid out, with the keys beside the things they act on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::action::Action;
use crate::app::layout::Area;
use crate::app::marks;
use crate::app::model::Model;
use crate::app::row::Row;
use crate::app::spot::Spots;
use crate::domain::hyperlink::{Hyperlink, Target};
use crate::domain::text::DisplayText;

use super::fact::Fact;
use super::facts;
use super::parts::{TextWidth, count, cut, put, put_right, rule, text};
use super::theme::Theme;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// A few lines under the list: one line for each thing.
    Under,
    /// A pane of its own: long values go on in the next line.
    Beside {
        focused: bool,
    },
    Whole,
}

/// Widest label, and what part of a pane labels may take.
const LABEL: usize = 18;
const PART: usize = 3;

pub fn draw(
    model: &Model,
    scroll: usize,
    (area, space): (Rect, Space),
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) {
    let Some(row) = model.rows.selected().filter(|_| area.height > 0) else {
        return;
    };
    let (left, top) = match space {
        Space::Under => (2, 1),
        Space::Beside { .. } => (0, 2),
        Space::Whole => (2, 3),
    };
    let title_at = if space == Space::Whole { 1 } else { 0 };
    rule(buffer, area, title_at, row.name.as_str(), &note(row, area.width), theme);
    if (Space::Beside { focused: true }) == space {
        text(buffer, area, (0, title_at), 1, "▌", theme.accent());
    }
    let roomy = space != Space::Under;
    let margin = if space == Space::Under || space == Space::Whole { 1 } else { 0 };
    let inner = Rect { x: area.x + left, width: area.width.saturating_sub(left + margin), ..area };
    let widest = match space {
        Space::Under => 14,
        _ => (usize::from(inner.width) / PART).clamp(8, LABEL),
    };
    let facts = facts::of(model, row, roomy, theme);
    let gap = if matches!(space, Space::Beside { .. }) { 1 } else { 2 };
    let label = facts.iter().map(|fact| fact.label.width()).max().unwrap_or(0).clamp(6, widest) + gap;
    let lines = lines(model, &facts, usize::from(inner.width), (label, gap), roomy, theme);
    let room = usize::from(area.height.saturating_sub(top));
    let scroll = scroll.min(lines.len().saturating_sub(room));
    for (line, y) in lines.iter().skip(scroll).take(room).zip(top..) {
        text(buffer, inner, (0, y), label as u16, &line.label, theme.quiet());
        put(buffer, inner, label as u16, y, line.text.clone());
        // The last line may be covered by how many more there are.
        if lines.len() <= scroll + room || y + 1 < area.height {
            lead(line, inner, (label as u16, y)).into_iter().for_each(|link| spots.lead(link));
        }
        if let Some(hint) = &line.hint {
            let x = put_right(buffer, inner, 1 - margin, y, hint.line.clone());
            let place = Area { width: count(hint.line.width()), ..super::from(inner, x, y) };
            spots.add_key(place, model.keys.pressed(model.context(), hint.action));
        }
    }
    if lines.len() > scroll + room {
        let hidden = lines.len() - scroll - room;
        let y = area.height.saturating_sub(1);
        more(model, hidden, (inner, y, space), buffer, theme, spots);
    }
}

/// The cells of a line that lead to an address.
fn lead(line: &Laid, area: Rect, (x, y): (u16, u16)) -> Option<Hyperlink> {
    let (number, target) = line.target.clone()?;
    let (x, y) = (area.x.saturating_add(x), area.y.saturating_add(y));
    let width = (line.text.width() as u16).min(area.right().saturating_sub(x));
    Some(Hyperlink { x, y, width, number, target })
}

/// Says how many lines are not seen, and the key that leads to them.
fn more(
    model: &Model,
    hidden: usize,
    (area, y, space): (Rect, u16, Space),
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) {
    let action = match space {
        Space::Under => Action::Details,
        Space::Beside { focused: false } => Action::Pane,
        _ => Action::DetailsDown,
    };
    let key = model.keys.shown(action);
    let spans = vec![
        Span::raw("  "),
        Span::styled(key.to_owned(), theme.key()),
        Span::styled(format!(" {hidden} more"), theme.quiet()),
    ];
    let line = Line::from(spans);
    let width = count(line.width());
    let x = put_right(buffer, area, 0, y, line);
    // What it covers is cut there.
    let before = super::from(area, x.saturating_sub(1), y);
    if x > 0 && buffer.cell((before.x, before.y)).is_some_and(|cell| cell.symbol() != " ") {
        text(buffer, area, (x, y), 1, "…", theme.quiet());
    }
    let place = Area { width, ..super::from(area, x, y) };
    spots.add_key(place, model.keys.pressed(model.context(), action));
}

/// Provider and, where there is room, the id of the entry.
fn note(row: &Row, width: u16) -> String {
    match (row.entry(), row.running()) {
        (Some(entry), _) if width >= 60 => {
            DisplayText::line(&format!("{} · {}", entry.provider, entry.id)).into()
        }
        (Some(entry), _) => DisplayText::line(&entry.provider).into(),
        (_, Some(running)) => DisplayText::line(&running.plan.page.id).into(),
        _ => String::new(),
    }
}

/// Whether a key copies, and so of what is marked.
fn copies(action: Action) -> bool {
    matches!(action, Action::CopyGuest | Action::CopyHost | Action::CopyMessage)
}

/// One line on the screen.
struct Laid {
    label: String,
    text: Line<'static>,
    hint: Option<Hint>,
    /// The link it belongs to, by its number, and where that leads.
    target: Option<(usize, Target)>,
}

/// A key beside what it acts on.
#[derive(Clone)]
struct Hint {
    action: Action,
    line: Line<'static>,
}

/// The column of the labels has so many cells, the last ones of them empty.
fn lines(
    model: &Model,
    facts: &[Fact],
    width: usize,
    (label, gap): (usize, usize),
    roomy: bool,
    theme: Theme,
) -> Vec<Laid> {
    let mut lines = Vec::new();
    // With marks set, the keys mean what is marked and not what is read here.
    let shown = model.rows.selected().map(|row| row.job);
    let alone = marks::count(model) == 0 || marks::meant(model).into_iter().eq(shown);
    for (number, fact) in facts.iter().enumerate() {
        let hint =
            fact.hint.filter(|action| alone || !copies(*action)).map(|action| hint(model, action, theme));
        let hint_width = hint.as_ref().map_or(0, |hint| hint.line.width() + 2);
        let room = width.saturating_sub(label);
        let shown = if roomy && !fact.beside { room } else { room.saturating_sub(hint_width) };
        let mut texts = fact.lay(shown, roomy);
        if !roomy {
            texts.truncate(1);
        }
        let own = fact.own_lines(shown, roomy);
        let last = texts.len().saturating_sub(1);
        for (at, text) in texts.into_iter().enumerate() {
            let label = if at == 0 { fitted(&fact.label, label.saturating_sub(gap)) } else { String::new() };
            let hint = if at == last { hint.clone() } else { None };
            let target = fact.target.clone().filter(|_| at < own).map(|target| (number, target));
            lines.push(Laid { label, text, hint, target });
        }
    }
    lines
}

fn hint(model: &Model, action: Action, theme: Theme) -> Hint {
    let word = match action {
        Action::CopyGuest | Action::CopyHost | Action::CopyMessage => "copy",
        Action::Reveal => "show",
        Action::Stop => "stop",
        Action::Again => "again",
        _ => "",
    };
    let key = model.keys.shown(action).to_owned();
    let spans = vec![Span::styled(key, theme.key()), Span::styled(format!(" {word}"), theme.quiet())];
    Hint { action, line: Line::from(spans) }
}

/// A label in its room: whom a link is for gives way before the word for it is cut.
fn fitted(label: &str, width: usize) -> String {
    match label.split_once(" (") {
        Some((word, _)) if label.width() > width => cut(word, width),
        _ => cut(label, width),
    }
}
