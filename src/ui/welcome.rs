//! The first screen of an empty list: what two keys do, and where the others are.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::action::Action;
use crate::app::layout::Area;
use crate::app::model::Model;
use crate::app::spot::Spots;
use crate::domain::text::DisplayText;

use super::parts::{count, cut, put, rule};
use super::theme::Theme;

pub fn draw(model: &Model, area: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    rule(buffer, area, 0, "Links", "none yet", theme);
    let profile = model.profile().map(|profile| DisplayText::line(&profile.name));
    let profile = profile.map_or(String::new(), |name| format!(" with {}", cut(name.as_str(), 20)));
    let mut y = 2;
    if model.demo {
        put(buffer, area, 3, y, Line::styled("Sandbox: nothing here is real. Try everything.", theme.warn()));
        y += 2;
    }
    let quick = format!("makes a meeting link{profile}, at once");
    let lines = [
        (Action::Quick, quick.as_str()),
        (Action::CopyGuest, "then copies the guest link, ready to paste"),
        (Action::New, "fills a form first"),
        (Action::ChooseProfile, "choose another profile"),
        (Action::Help, "shows every key"),
    ];
    for ((action, word), y) in lines.into_iter().zip(y..) {
        let hint = model.keys.hints().iter().find(|hint| hint.action == action);
        let several = format!("1–{}", model.book.profiles.len().min(9));
        let key = match (action, hint) {
            (Action::ChooseProfile, _) if model.book.profiles.len() < 2 => continue,
            (Action::ChooseProfile, Some(_)) => several.as_str(),
            (_, Some(hint)) => hint.key.as_str(),
            (_, None) => continue,
        };
        let spans = vec![
            Span::styled(format!("{key:>4}"), theme.key()),
            Span::styled(format!("  {word}"), theme.text()),
        ];
        let line = Line::from(spans);
        if action != Action::ChooseProfile {
            let place = Area { width: count(line.width()), ..super::from(area, 2, y) };
            spots.add_key(place, model.keys.pressed(model.context(), action));
        }
        put(buffer, area, 2, y, line);
    }
}
