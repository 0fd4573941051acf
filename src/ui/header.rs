//! The top of the screen: the program's name, the states by number, the clock; under it the profiles as tabs, or in
//! a column of their own where there is room.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::action::Action;
use crate::app::layout::{Area, Layout, Shape};
use crate::app::marks;
use crate::app::model::Model;
use crate::app::spot::{Spot, Spots};
use crate::domain::entry::State;
use crate::domain::text::DisplayText;

use super::parts::{TextWidth, cells, cut, line_width, put, put_right, rule, text};
use super::rect;
use super::theme::Theme;

const COUNTED: [State; 4] = [State::Creating, State::Live, State::Ending, State::Maybe];
/// Longest name on a tab.
const TAB: usize = 20;

pub fn draw(model: &Model, layout: &Layout, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let area = rect(layout.header);
    let right = counts(model, layout, theme);
    let room = usize::from(area.width).saturating_sub(line_width(&right) + 12);
    let mut name = vec![Span::styled("roomkey", theme.accent().patch(theme.strong()))];
    if model.demo {
        name.push(Span::styled("  sandbox: nothing here is real", theme.warn()));
    } else if let Some(banner) = model.notice() {
        let banner = DisplayText::line(banner);
        let key = model.keys.shown(Action::Help);
        let reads = key.width() + " reads it".width() + 2;
        if banner.width() <= room {
            name.push(Span::styled(format!("  {banner}"), theme.warn()));
        } else {
            name.push(Span::styled(
                format!("  {}", cut(banner.as_str(), room.saturating_sub(reads))),
                theme.warn(),
            ));
            name.push(Span::styled(format!("  {key}"), theme.key()));
            name.push(Span::styled(" reads it", theme.quiet()));
        }
    } else {
        let proxy = model.proxy.as_ref().map(|proxy| format!(" · through proxy {proxy}"));
        let by = match model.copies_by.as_str() {
            "" => String::new(),
            way => format!(" · copies by {way}"),
        };
        let agent = DisplayText::line(&format!("{}{}{by}", model.agent, proxy.unwrap_or_default()));
        name.push(Span::styled(format!("  {}", cut(agent.as_str(), room)), theme.quiet()));
    }
    put(buffer, area, 1, 0, Line::from(name));
    put_right(buffer, area, 1, 0, right);
    // a form that covers the body covers the tabs
    if layout.shape != Shape::Full && !model.has_form() {
        tabs(model, rect(layout.tabs), buffer, theme, spots);
    }
}

/// "~2 creating   +6 live   !1 ending", what is not there left out.
fn counts(model: &Model, layout: &Layout, theme: Theme) -> Line<'static> {
    let mut spans = Vec::new();
    let marked = marks::count(model);
    if marked > 0 {
        spans.push(Span::styled(format!("   {marked} marked"), theme.accent()));
    }
    for state in COUNTED {
        let count = model.rows.count(state);
        if count > 0 {
            let word = format!("   {}{count} {}", state.glyph(), state.name());
            spans.push(Span::styled(word, theme.state(state)));
        }
    }
    if layout.has_clock() {
        let clock = model.now.to_zoned(model.zone.clone()).strftime("   %a %H:%M %Z").to_string();
        spans.push(Span::styled(clock, theme.quiet()));
    }
    Line::from(spans)
}

/// The profiles in one line, scrolled so that the current one is seen.
fn tabs(model: &Model, area: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    let preset = model.profile().and_then(|profile| profile.preset.as_ref());
    let preset = preset.map(|preset| cut(DisplayText::line(&preset.name).as_str(), 24));
    let reserved = preset.as_ref().map_or(0, |name| name.width() + 11);
    let room = usize::from(area.width).saturating_sub(2 + reserved);
    let names: Vec<String> = model.book.shown().map(|name| cut(name.as_str(), TAB)).collect();
    let width = |index: usize| number(index).len() + names[index].width() + 2;
    let (first, last) = window(names.len(), model.current, room, width);
    let mut spans = Vec::new();
    let mut x = area.x;
    if first > 0 {
        spans.push(Span::styled("‹ ", theme.quiet()));
        x += 2;
    }
    for (index, name) in names.iter().enumerate().take(last).skip(first) {
        let trouble = model.book.profiles[index].trouble.is_some();
        let label = format!("{}{name}", number(index));
        let cells = cells(&label) + 2;
        spots.add(Area { x, y: area.y, width: cells, height: 1 }, Spot::Profile(index));
        x = x.saturating_add(cells);
        spans.push(match (index == model.current, trouble) {
            (true, _) => Span::styled(format!(" {label} "), theme.block()),
            (false, true) => Span::styled(format!(" {label} "), theme.quiet()),
            (false, false) => Span::raw(format!(" {label} ")),
        });
    }
    if last < names.len() {
        spans.push(Span::styled(" ›", theme.quiet()));
    }
    put(buffer, area, 0, 0, Line::from(spans));
    if let Some(preset) = preset {
        put_right(
            buffer,
            area,
            1,
            0,
            Line::from(vec![Span::styled("preset: ", theme.quiet()), Span::raw(preset)]),
        );
    }
}

/// Its key, for the first nine.
fn number(index: usize) -> String {
    if index < 9 { format!("{} ", index + 1) } else { String::new() }
}

/// The range of tabs that fits and holds the current one. Where not all fit, some room goes to the signs of that.
fn window(count: usize, current: usize, room: usize, width: impl Fn(usize) -> usize) -> (usize, usize) {
    if (0..count).map(&width).sum::<usize>() <= room {
        return (0, count);
    }
    let room = room.saturating_sub(4);
    let (mut first, mut last) = (current.min(count), (current + 1).min(count));
    let mut used: usize = (first..last).map(&width).sum();
    loop {
        let before = (first, last);
        if first > 0 && used + width(first - 1) <= room {
            first -= 1;
            used += width(first);
        }
        if last < count && used + width(last) <= room {
            used += width(last);
            last += 1;
        }
        if before == (first, last) {
            return before;
        }
    }
}

/// The profiles in a column, the current one with its preset under it.
pub fn profiles(model: &Model, area: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    if area.width == 0 {
        return;
    }
    rule(buffer, area, 0, "Profiles", "", theme);
    let room = area.height.saturating_sub(2);
    let first = (model.current + 2).saturating_sub(usize::from(room));
    let mut y = 1;
    for (index, name) in model.book.shown().enumerate().skip(first) {
        if y > room {
            break;
        }
        let profile = &model.book.profiles[index];
        let current = index == model.current;
        let style = match (current, profile.trouble.is_some()) {
            (true, _) => theme.strong(),
            (false, true) => theme.quiet(),
            (false, false) => theme.text(),
        };
        if current {
            text(buffer, area, (0, y), 1, "▌", theme.accent());
        }
        text(buffer, area, (1, y), 2, &number(index), theme.quiet());
        text(buffer, area, (3, y), area.width.saturating_sub(4), name.as_str(), style);
        let row = Area { x: area.x, y: area.y.saturating_add(y), width: area.width, height: 1 };
        spots.add(row, Spot::Profile(index));
        y += 1;
        if let Some(preset) = profile.preset.as_ref().filter(|_| current) {
            text(
                buffer,
                area,
                (3, y),
                area.width.saturating_sub(4),
                DisplayText::line(&preset.name).as_str(),
                theme.quiet(),
            );
            y += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::window;

    #[test]
    fn the_current_tab_is_always_seen() {
        assert_eq!(window(5, 4, 100, |_| 10), (0, 5));
        assert_eq!((window(5, 4, 50, |_| 10), window(5, 4, 49, |_| 10)), ((0, 5), (1, 5)));
        for current in 0..30 {
            let (first, last) = window(30, current, 64, |_| 10);
            assert!((first..last).contains(&current) && last - first == 6, "{current}: {first}..{last}");
        }
        assert_eq!(window(0, 0, 60, |_| 10), (0, 0));
        assert_eq!(window(3, 1, 5, |_| 10), (1, 2));
    }
}
