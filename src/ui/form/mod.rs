//! The form as it is drawn: fields above, the exact request and the checks below, one line of help at the bottom. A
//! pure function of `Form`; what scrolls follows the cursor. The owner draws header and footer around it.

mod checks;
mod choice;
mod control;
mod fields;
mod layout;
mod panel;
mod request;
mod row;
mod text;
mod window;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::form::{Form, FormAction, Stop};
use crate::app::layout::Area;
use crate::app::spot::{Spot, Spots};
use crate::domain::text::DisplayText;

use super::parts::{TextWidth, count, cut, hints, line_width, put, put_right, rule};
use super::theme::Theme;
use layout::Layout;
pub use request::whole as whole_request;
use row::Columns;

/// How the key of an action reads, `F2`; empty where it has none.
pub type KeyNames<'a> = &'a dyn Fn(FormAction) -> String;

/// What every part of the form is drawn with.
#[derive(Clone, Copy)]
struct Pen<'a> {
    form: &'a Form,
    theme: Theme,
    keys: KeyNames<'a>,
    width: u16,
    columns: Columns,
}

/// Draws the form into an area, which includes its own rules and its line of help. The answer is where the terminal's
/// cursor belongs.
pub fn draw(
    form: &Form,
    area: Rect,
    buffer: &mut Buffer,
    theme: Theme,
    keys: KeyNames,
    spots: &mut Spots,
) -> Option<Position> {
    let area = area.intersection(buffer.area);
    if area.width < 8 || area.height < 3 {
        return None;
    }
    let pen = Pen { form, theme, keys, width: area.width, columns: Columns::new(form, area.width) };
    let mut fields = match form.panel() {
        Some(panel) => panel::blocks(&pen, panel),
        None => fields::blocks(&pen),
    };
    // what opens over the fields does not make the rest jump with every letter
    let least = if form.is_picking() { 10 } else { 0 };
    let request = request::lines(&pen);
    let checks = checks::lines(&pen);
    let note = standing(&pen);
    let help = help(&pen);
    let wanted = layout::Wanted {
        note: count(note.len()),
        fields: fields.iter().map(|block| block.height).sum::<u16>().max(least),
        request: count(request.len()),
        checks: count(checks.len()),
        help: count(help.len()),
    };
    let layout = Layout::new(area.height, &wanted);
    fields::tighten(&mut fields, layout.fields.1);
    let (shown, more) = fields::visible(&fields, layout.fields.1);
    head(&pen, area, buffer, more.0);
    lines(area, buffer, layout.note, note);
    let mut cursor = None;
    for (block, top) in shown {
        let top = i32::from(layout.fields.0) + top;
        let at = fields::draw(&pen, block, area, buffer, (top, layout.fields), spots);
        cursor = cursor.or(at);
    }
    below(&pen, area, buffer, &layout, more.1, request);
    checks::draw(&pen, checks, area, layout.checks, buffer, spots);
    foot(&pen, area, buffer, &layout, help, spots);
    cursor.map(|(x, y)| Position::new(area.x.saturating_add(x), area.y.saturating_add(y)))
}

/// Lines one under the other, as many as fit between top and height.
fn lines(area: Rect, buffer: &mut Buffer, (top, height): (u16, u16), lines: Vec<Line>) {
    for (y, line) in (top..top.saturating_add(height)).zip(lines) {
        put(buffer, area, 0, y, line);
    }
}

fn head(pen: &Pen, area: Rect, buffer: &mut Buffer, above: usize) {
    let form = pen.form;
    let mut note = form.profile().name.clone();
    if form.page().operations.len() > 1 {
        note.push_str(&format!(" › {}", form.operation()));
    }
    if let Some(preset) = form.preset() {
        note.push_str(&format!(" · preset {preset}"));
    }
    if above > 0 {
        note = format!("▴ {above} above · {note}");
    }
    let title = if form.panel().is_some() { panel::title(pen) } else { "New link".into() };
    rule(buffer, area, 0, &title, DisplayText::line(&note).as_str(), pen.theme);
}

/// The page's standing note on this operation, in at most two lines.
fn standing<'a>(pen: &Pen) -> Vec<Line<'a>> {
    let Some(note) = pen.form.spec().and_then(|spec| spec.note.as_deref()) else { return Vec::new() };
    let width = usize::from(pen.width).saturating_sub(4);
    let lines = window::wrap(&format!("! {note}"), width);
    lines.into_iter().take(2).map(|text| Line::styled(format!("  {text}"), pen.theme.warn())).collect()
}

fn below(pen: &Pen, area: Rect, buffer: &mut Buffer, layout: &Layout, hidden: usize, request: Vec<Line>) {
    if let Some(y) = layout.request_rule {
        let mut notes = Vec::new();
        if hidden > 0 {
            notes.push(format!("▾ {hidden} below"));
        }
        let (all, seen) = (request.len(), usize::from(layout.request.1));
        if seen < all {
            notes.push(format!("{seen} of {all} lines"));
        }
        notes.push("secrets hidden".into());
        rule(buffer, area, y, "Request", &notes.join(" · "), pen.theme);
    }
    lines(area, buffer, layout.request, request);
}

fn foot(pen: &Pen, area: Rect, buffer: &mut Buffer, layout: &Layout, help: Vec<Line>, spots: &mut Spots) {
    if let Some(y) = layout.create {
        let (create, copy) = ((pen.keys)(FormAction::Create), (pen.keys)(FormAction::CreateAndCopy));
        let ready = pen.form.assessment().is_ready();
        let style = if ready { pen.theme.block() } else { pen.theme.quiet() };
        let mut line = hints(&[(copy.as_str(), "create and copy")], pen.theme);
        line.spans.insert(0, Span::styled(format!("[ Create {create} ]"), style));
        line.spans.insert(1, Span::raw("   "));
        let (button, whole) = (count(line.spans[0].content.width()), count(line_width(&line)));
        let x = area.right().saturating_sub(whole.saturating_add(2));
        let place = |x, width| Area { x, width, ..super::line(area, y) };
        spots.add(place(x, button), Spot::Form(FormAction::Create));
        let rest = (x.saturating_add(button + 3), whole.saturating_sub(button + 3));
        spots.add(place(rest.0, rest.1), Spot::Form(FormAction::CreateAndCopy));
        put_right(buffer, area, 2, y, line);
    }
    if let Some(y) = layout.foot_rule {
        rule(buffer, area, y, "", "", pen.theme);
    }
    if let Some(panel) = pen.form.panel().filter(|_| layout.help.1 > 0 && pen.form.said().is_none()) {
        panel::help_spots(pen, panel, super::line(area, layout.help.0), spots);
    }
    lines(area, buffer, layout.help, help);
}

/// What was just said, else the help of the place under the cursor.
fn help<'a>(pen: &Pen) -> Vec<Line<'a>> {
    let width = usize::from(pen.width).saturating_sub(2);
    let line = |text: &str| format!(" {}", cut(DisplayText::line(text).as_str(), width));
    if let Some(said) = pen.form.said() {
        return vec![Line::styled(line(said), pen.theme.strong())];
    }
    if let Some(panel) = pen.form.panel() {
        return vec![panel::help(pen, panel)];
    }
    let quiet = pen.theme.quiet();
    let told = pen.form.help();
    let wrapped = told.iter().flat_map(|text| window::wrap(text, width)).take(told.len().max(2));
    let mut help: Vec<Line> = wrapped.map(|text| Line::styled(line(&text), quiet)).collect();
    if pen.form.completion().is_some()
        && let Some(last) = help.last_mut()
        && width.saturating_sub(line_width(last)) > 24
    {
        last.spans.push(Span::styled(" · → takes the rest", quiet));
    }
    if pen.form.is_prefilled() && pen.form.text_at(pen.form.focus()).is_some() {
        let room = width.saturating_sub(help.last().map_or(0, line_width));
        if let (true, Some(last)) = (room > 24, help.last_mut()) {
            last.spans.push(Span::styled(" · typing replaces it", quiet));
        }
    }
    help
}

/// Whether a stop is the one under the cursor.
fn is_here(pen: &Pen, stop: Stop) -> bool {
    pen.form.panel().is_none() && pen.form.focus() == stop
}
