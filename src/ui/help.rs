//! Every key, by where it holds. Written from the keymap, so it says what the keys do.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::keys::Context;
use crate::app::model::Model;

use crate::domain::text::DisplayText;

use super::parts::{rule, text, wrap};
use super::theme::Theme;

/// Columns of the keys.
const KEYS: u16 = 18;

enum HelpLine<'a> {
    Title(&'static str),
    /// The keys, on the first line of what they do.
    Key(&'a str, String),
    /// A line of what stands at the top of the screen, where it may have no room.
    Notice(String),
    Gap,
}

pub fn draw(model: &Model, scroll: usize, area: Rect, buffer: &mut Buffer, theme: Theme) {
    let lines = lines(model, usize::from(area.width.saturating_sub(KEYS + 5)));
    let room = usize::from(area.height.saturating_sub(2));
    let scroll = scroll.min(lines.len().saturating_sub(room));
    let note = match lines.len() > room {
        true => format!("{}–{} of {} lines", scroll + 1, (scroll + room).min(lines.len()), lines.len()),
        false => String::new(),
    };
    rule(buffer, area, 1, "Keys", &note, theme);
    for (line, y) in lines.iter().skip(scroll).take(room).zip(2..) {
        match line {
            HelpLine::Gap => {}
            HelpLine::Notice(notice) => {
                text(buffer, area, (3, y), area.width.saturating_sub(4), notice, theme.warn());
            }
            HelpLine::Title(title) => {
                text(buffer, area, (1, y), area.width, title, theme.accent());
            }
            HelpLine::Key(keys, help) => {
                text(buffer, area, (3, y), KEYS, keys, theme.key());
                let room = area.width.saturating_sub(KEYS + 5);
                text(buffer, area, (3 + KEYS + 1, y), room, help, theme.text());
            }
        }
    }
}

fn lines(model: &Model, width: usize) -> Vec<HelpLine<'_>> {
    let mut lines = Vec::new();
    if let Some(notice) = model.notice() {
        lines.push(HelpLine::Title("Worth knowing"));
        let parts = notice.split(" · ").map(|part| DisplayText::line(part).to_string());
        lines.extend(parts.flat_map(|part| wrap(&part, width + usize::from(KEYS))).map(HelpLine::Notice));
    }
    for context in Context::ALL {
        let mut hints = model.keys.hints().iter().filter(|hint| hint.context == context).peekable();
        if hints.peek().is_none() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(HelpLine::Gap);
        }
        lines.push(HelpLine::Title(title(context)));
        for hint in hints {
            let keys = std::iter::once(hint.keys.as_str()).chain(std::iter::repeat(""));
            let help = wrap(&hint.help, width);
            lines.extend(keys.zip(help).map(|(keys, help)| HelpLine::Key(keys, help)));
        }
    }
    lines
}

fn title(context: Context) -> &'static str {
    match context {
        Context::List => "The list",
        Context::Details => "The details",
        Context::Requests => "The request log",
        Context::Request => "One request",
        Context::Form => "The form",
        Context::Text => "While typing",
        Context::Filter => "The filter",
        Context::Ticket => "A ticket",
        Context::Picker => "Lists of choices",
        Context::Presets => "Presets",
        Context::Roster => "A list of people",
        Context::People => "People",
        Context::Dialog => "Questions",
        Context::Help => "This page",
        Context::Menu => "The copy menu",
        Context::Poster => "Alone on the screen",
        Context::Everywhere => "Everywhere",
    }
}
