//! The last thing that happened, with the keys that lead on. What does not fit into one line takes a second one: what
//! was copied, how, and what is not known of it belong together.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::app::action::Action;
use crate::app::layer::Layer;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::said::{Said, Tone};
use crate::app::spot::Spots;
use crate::domain::key::Key;

use super::parts::{TextWidth, cells, count, cut, line_width, put, wrap};
use super::theme::Theme;

/// Between what was said and what is said beside it.
const BESIDE: &str = " · ";

/// A key that leads on: what it does, how it is written, and its word.
type Lead<'a> = (Action, &'a str, &'a str);

/// Draws into at most as many lines as the area has; how many it took.
pub fn draw(
    said: &Said,
    model: &Model,
    area: Rect,
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) -> u16 {
    let leads = said.hints.iter().filter(|(action, _)| model.leads_on(*action));
    let leads = leads.map(|(action, word)| (*action, model.keys.shown(*action), *word));
    let leads: Vec<Lead> = leads.filter(|(_, key, _)| !key.is_empty()).collect();
    let width = usize::from(area.width).saturating_sub(2);
    let taken: usize = leads.iter().map(|(_, key, word)| key.width() + word.width() + 4).sum();
    let (first, second) = split(said, width, width.saturating_sub(taken), area.height > 1);
    let mut line = told(said, &first, 0, theme);
    let mut y = 0;
    if let Some(second) = second {
        put(buffer, area, 1, y, line);
        y += 1;
        line = told(said, &second, first.len() + 1, theme);
    }
    for (action, key, word) in leads {
        line.push_span(Span::raw("   "));
        let place = super::from(area, count(1 + line_width(&line)), y);
        line.push_span(Span::styled(key, theme.key()));
        line.push_span(Span::styled(format!(" {word}"), theme.quiet()));
        let width = cells(key) + 1 + cells(word);
        spots.add_key(Area { width, ..place }, pressed_here(model, action));
    }
    put(buffer, area, 1, y, line);
    y + 1
}

/// What is said in one line of `room` cells, or in two where it does not fit: one as wide as the area, and the rest.
fn split(said: &Said, width: usize, room: usize, two: bool) -> (String, Option<String>) {
    let mut all = said.text.as_str().to_owned();
    if let Some(aside) = &said.aside {
        all.push_str(BESIDE);
        all.push_str(aside.as_str());
    }
    if all.width() <= room || !two {
        return (cut(&all, room), None);
    }
    let first = wrap(&all, width).into_iter().next().unwrap_or_default();
    let rest = cut(all[first.len()..].trim_start_matches([' ', '·']), room);
    (first.trim_end_matches([' ', '·']).to_owned(), Some(rest))
}

/// A piece of what is said that begins at this byte of it; what stands beside the text is quiet.
fn told<'a>(said: &Said, piece: &str, from: usize, theme: Theme) -> Line<'a> {
    let style = match said.tone {
        Tone::Good => theme.good(),
        Tone::Plain => theme.text(),
        Tone::Warn => theme.warn(),
        Tone::Bad => theme.bad(),
        Tone::Loud => theme.warn().add_modifier(Modifier::BOLD | Modifier::REVERSED),
    };
    let loud = said.text.as_str().len().saturating_sub(from).min(piece.len());
    let (text, beside) = piece.split_at_checked(loud).unwrap_or((piece, ""));
    Line::from(vec![Span::styled(text.to_owned(), style), Span::styled(beside.to_owned(), theme.quiet())])
}

/// The key that does this now; none under a question, which takes its own answers only.
fn pressed_here(model: &Model, action: Action) -> Option<Key> {
    let under = matches!(model.layers.last(), Some(Layer::Dialog(_) | Layer::Menu(_)));
    model.keys.pressed(model.context(), action).filter(|_| !under)
}
