//! The foot of the screen: a thin rule, the last thing that happened, and the keys that hold here, the most important
//! ones first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::action::Action;
use crate::app::keys::Context;
use crate::app::keys::Hint;
use crate::app::layer::Layer;
use crate::app::layout::{Area, Layout};
use crate::app::marks;
use crate::app::model::Model;
use crate::app::people::batch::Batch;
use crate::app::spot::Spots;
use crate::app::text_input::TextInput;
use crate::app::ticket::Ticket;
use crate::domain::entry::Entry;
use crate::domain::key::Key;

use super::parts::{TextWidth, cells, cut, put, rule};
use super::theme::Theme;
use super::{message, rect};

pub fn draw(model: &Model, layout: &Layout, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let area = rect(layout.footer);
    if area.height == 1 {
        match &model.said {
            Some(said) => {
                message::draw(said, model, area, buffer, theme, spots);
            }
            None => keys(model, area, buffer, theme, spots),
        }
        return;
    }
    rule(buffer, area, 0, "", "", theme);
    let below = |taken: u16| Rect { y: area.y + taken, height: area.height.saturating_sub(taken), ..area };
    let taken = match (model.layers.last(), &model.said) {
        (Some(Layer::Ticket(open)), _) => {
            put(buffer, area, 1, 1, ticket(open, usize::from(area.width), theme));
            1
        }
        // The last line is that of the keys, with the ways out.
        (_, Some(said)) => {
            let most = area.height.saturating_sub(2).clamp(1, 2);
            message::draw(said, model, Rect { height: most, ..below(1) }, buffer, theme, spots)
        }
        _ => 1,
    };
    keys(model, below(1 + taken), buffer, theme, spots);
}

/// The line a ticket is typed in.
fn ticket<'a>(open: &Ticket, width: usize, theme: Theme) -> Line<'a> {
    let label = format!("Ticket of {}  ", cut(&open.of, width / 2));
    let (before, after) = open.typed.text().split_at(open.typed.at());
    let (before, after) = (before.to_owned(), after.to_owned());
    let bar = Span::styled("▏", theme.accent());
    Line::from(vec![Span::styled(label, theme.quiet()), Span::raw(before), bar, Span::raw(after)])
}

/// Fills the lines with hints; the ways out and help keep their place at the end.
fn keys(model: &Model, area: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let hints = offered(model);
    let hints: Vec<&Hint> = hints.into_iter().filter(|hint| applies(hint.action, model)).collect();
    let (kept, others): (Vec<&Hint>, Vec<&Hint>) = hints.into_iter().partition(|hint| {
        matches!(
            hint.action,
            Action::Help | Action::Quit | Action::LeaveForm | Action::ClosePresets | Action::ClosePeople
        )
    });
    let width = |hint: &Hint| hint.key.width() + word(model, hint).width() + 3;
    let reserved: usize = kept.iter().map(|hint| width(hint)).sum();
    let room = usize::from(area.width).saturating_sub(1);
    let mut others = others.into_iter().peekable();
    for y in 0..area.height {
        let last = y + 1 == area.height;
        let mut left = if last { room.saturating_sub(reserved) } else { room };
        let mut line: Vec<Span> = Vec::new();
        let mut place = Area { x: area.x + 1, y: area.y.saturating_add(y), width: 0, height: 1 };
        let mut note = |hint: &Hint| {
            place.width = cells(&hint.key) + 1 + cells(word(model, hint));
            spots.add_key(place, pressed(model, hint));
            place.x = place.x.saturating_add(place.width + 2);
        };
        while let Some(hint) = others.next_if(|hint| width(hint) <= left) {
            left -= width(hint);
            push(&mut line, hint, word(model, hint), theme);
            note(hint);
        }
        if last {
            for hint in &kept {
                push(&mut line, hint, word(model, hint), theme);
                note(hint);
            }
        }
        put(buffer, area, 1, y, Line::from(line));
    }
}

/// The key a click on a hint stands for; a hint that names several stands for none.
fn pressed(model: &Model, hint: &Hint) -> Option<Key> {
    let one = hint.action != Action::ChooseProfile;
    model.keys.key_of(hint.context, hint.action).filter(|_| one)
}

/// What holds here; over the details of an entry also what acts on it.
fn offered(model: &Model) -> Vec<&Hint> {
    let context = model.context();
    if context == Context::Picker && matches!(model.layers.last(), Some(Layer::Form(_))) {
        // The form says itself what the keys do in each of its lists.
        return Vec::new();
    }
    let mut hints = model.keys.footer(context);
    if context == Context::Details {
        let of_entry = model.keys.hints().iter().filter(|hint| hint.action.is_of_entry());
        hints.extend(of_entry.filter(|hint| {
            !matches!(
                hint.action,
                Action::AgainNow | Action::ChooseMessage | Action::OpenHost | Action::BareLink
            )
        }));
    }
    hints
}

/// A key that would do nothing now is not offered.
fn applies(action: Action, model: &Model) -> bool {
    let row = model.rows.selected();
    match action {
        Action::Palette => model.layers.is_empty(),
        Action::Submit => !typed(model).is_some_and(TextInput::takes_lines),
        Action::Create => typed(model).is_some_and(TextInput::takes_lines),
        Action::Toggle => typed(model).is_none(),
        Action::EditTemplate => match model.layers.last() {
            Some(Layer::Picker(picker)) => picker.choosing.is_template(),
            _ => false,
        },
        Action::Mark => !matches!(
            model.layers.last(),
            Some(Layer::Picker(_) | Layer::Palette(_) | Layer::Presets(_) | Layer::People)
        ),
        Action::StartPeople | Action::RemovePerson => !has_batch(model),
        Action::ToggleRole => {
            !has_batch(model) && model.people.as_ref().is_some_and(|people| people.has_roles())
        }
        Action::PausePeople | Action::StopPeople => !is_over(model),
        Action::RetryPeople => batch(model).is_some_and(|batch| batch.halted || batch.counts().failed > 0),
        Action::RetryMaybe => batch(model).is_some_and(|batch| batch.counts().maybe > 0),
        Action::CopyPeople | Action::ExportPeople => has_batch(model),
        Action::EditPeople => !has_batch(model) || is_over(model),
        Action::RenamePreset | Action::DeletePreset => model.layers.last().is_none_or(|layer| match layer {
            Layer::Presets(page) => page.lines.len() > 1,
            _ => true,
        }),
        Action::Stop => row.is_some_and(|row| row.running().is_some() || row.asking.is_some()),
        Action::CheckEntry | Action::DeleteEntry => {
            row.is_some_and(|row| row.entry().is_some() && row.asking.is_none())
        }
        Action::CopyMenu => row.is_some_and(|row| row.entry().is_some()),
        Action::Open => row.and_then(|row| row.entry()).is_some_and(|entry| entry.guest_link().is_some()),
        Action::CopyHost => row.and_then(|row| row.entry()).is_some_and(|entry| entry.host_link().is_some()),
        // On a row under way they arm it, and with marks they mean what is marked.
        Action::CopyGuest | Action::CopyMessage | Action::ChooseMessage => {
            let of = |entry: &Entry| entry.guest_link().is_some();
            row.is_some_and(|row| row.entry().is_none_or(of)) || marks::count(model) > 0
        }
        Action::Again | Action::Pane => row.is_some(),
        Action::Filter | Action::Sort | Action::States | Action::MarkEntry => model.rows.total() > 0,
        Action::Ticket => row.is_some_and(|row| row.entry().is_some()),
        _ => true,
    }
}

/// The text of the form the cursor is in: there Space is a space, and in one of several lines Enter is a new one.
fn typed(model: &Model) -> Option<&TextInput> {
    match model.layers.last() {
        Some(Layer::Form(open)) => open.text_at(open.focus()),
        _ => None,
    }
}

/// The rows of the people have begun to be sent.
fn has_batch(model: &Model) -> bool {
    batch(model).is_some()
}

fn is_over(model: &Model) -> bool {
    batch(model).is_none_or(Batch::is_over)
}

fn batch(model: &Model) -> Option<&Batch> {
    model.people.as_ref().and_then(|people| people.batch.as_ref())
}

/// What a key is called here: the keymap's word, or a better one where it does something else now.
fn word<'a>(model: &Model, hint: &'a Hint) -> &'a str {
    let here = matches!(model.layers.last(), Some(Layer::People));
    let Some(people) = model.people.as_ref().filter(|_| here) else { return &hint.label };
    match (hint.action, &people.asking, &people.batch) {
        (Action::Pick, Some(asking), _) => {
            if asking.load {
                "read it"
            } else {
                "write it"
            }
        }
        (Action::EditPeople, _, Some(_)) => "new list",
        (Action::PausePeople, _, Some(batch)) if batch.paused => "go on",
        _ => &hint.label,
    }
}

fn push<'a>(line: &mut Vec<Span<'a>>, hint: &'a Hint, word: &str, theme: Theme) {
    if !line.is_empty() {
        line.push(Span::styled("  ", Style::new()));
    }
    line.push(Span::styled(hint.key.as_str(), theme.key()));
    line.push(Span::styled(format!(" {word}"), theme.quiet()));
}
