//! Many people: the text of the list, or the table with what became of each row, and how far the batch is.

use jiff::Timestamp;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::model::Model;
use crate::app::people::batch::{Batch, Stand};
use crate::app::people::{self, Each, People};
use crate::app::spot::{Spot, Spots};
use crate::domain::entry::State;
use crate::domain::moment::short_span;
use crate::domain::roster::{Person, Role};
use crate::domain::text::DisplayText;

use super::parts::{TextWidth, cells, clear, cut, put, rule, text};
use super::theme::Theme;

/// The most columns of name and address, on a narrow screen and on a wide one, and those of the role.
const NAME: [u16; 2] = [20, 28];
const MAIL: [u16; 2] = [22, 30];
const ROLE: u16 = 7;
/// The least columns the room leaves for the bar, its gaps included.
const BESIDE: usize = 24;
/// So many rows say how wide the columns are: all of a long list would be asked with every key.
const MEASURED: usize = 200;

pub fn draw(
    model: &Model,
    area: Rect,
    buffer: &mut Buffer,
    theme: Theme,
    spots: &mut Spots,
) -> Option<Position> {
    clear(buffer, area);
    let people = model.people.as_ref()?;
    let label = people.spec().map_or("", |spec| spec.label.as_str());
    let each = match (people.has_meeting(), people.each()) {
        (true, _) => "one meeting, one link per person",
        (false, Each::Person) => "one link per person",
        (false, Each::Room) => "one room per line",
    };
    let note = format!("{} › {label} · {each}", DisplayText::line(&people.profile));
    rule(buffer, area, 0, "People", &note, theme);
    if let Some(asking) = &people.asking {
        return Some(path(asking, people, area, buffer, theme));
    }
    match people.table {
        false => Some(list(people, area, buffer, theme)),
        true => {
            table(model, people, area, buffer, theme, spots);
            None
        }
    }
}

fn path(asking: &people::Asking, people: &People, area: Rect, buffer: &mut Buffer, theme: Theme) -> Position {
    let label = if asking.load { "Read from  " } else { "Write to   " };
    let room = usize::from(area.width).saturating_sub(18);
    let typed = cut(asking.typed.text(), room);
    let before = cut(&asking.typed.text()[..asking.typed.at()], room);
    let column = 3 + label.len() + before.width();
    put(buffer, area, 3, 2, Line::from(vec![Span::styled(label, theme.quiet()), Span::raw(typed)]));
    let (words, style) = match &asking.wrong {
        Some(wrong) => (wrong.as_str(), theme.bad()),
        None if asking.load && people.each() == Each::Room => {
            ("a list of names, or a table with a heading of fields", theme.quiet())
        }
        None if asking.load => ("a list or a table with a heading: name, email, role", theme.quiet()),
        None => ("the end of the name says how: .csv, .md or .json; host links are left out", theme.quiet()),
    };
    text(buffer, area, (14, 3), area.width.saturating_sub(15), words, style);
    let x = u16::try_from(column).unwrap_or(0).min(area.width.saturating_sub(1));
    Position::new(area.x.saturating_add(x), area.y.saturating_add(2))
}

/// The text while it is typed, scrolled to the cursor.
fn list(people: &People, area: Rect, buffer: &mut Buffer, theme: Theme) -> Position {
    let help = help(people);
    text(buffer, area, (3, 1), area.width.saturating_sub(4), &help, theme.quiet());
    let room = usize::from(area.height.saturating_sub(3)).max(1);
    let row = people.text.row();
    let first = (row + 1).saturating_sub(room);
    for ((number, line), y) in people.text.text().split('\n').enumerate().skip(first).take(room).zip(3..) {
        text(buffer, area, (1, y), 4, &format!("{:>4}", number + 1), theme.quiet());
        let line = DisplayText::line(line);
        text(buffer, area, (6, y), area.width.saturating_sub(7), line.as_str(), theme.text());
    }
    let before = &people.text.text()[..people.text.at()];
    let line = before.rsplit('\n').next().unwrap_or_default();
    let column = DisplayText::line(line).width().min(usize::from(area.width).saturating_sub(8));
    let x = area.x.saturating_add(6).saturating_add(u16::try_from(column).unwrap_or(0));
    Position::new(x, area.y.saturating_add(3).saturating_add(u16::try_from(row - first).unwrap_or(0)))
}

/// What a line holds, by what the operation takes.
fn help(people: &People) -> String {
    let empty = people.text.is_empty();
    if people.each() == Each::Room {
        return match empty {
            true => "One room per line: its name · or CSV with a heading".into(),
            false => "One room per line: its name".into(),
        };
    }
    let address = match (people.has_address(), empty) {
        (false, _) => "",
        (true, true) => ", ada@example.com",
        (true, false) => ", address",
    };
    let role = match (people.has_roles(), empty) {
        (false, _) => "",
        (true, true) => ", host",
        (true, false) => ", role",
    };
    match (empty, address.is_empty() && role.is_empty()) {
        (true, _) => format!("One per line: Ada Lovelace{address}{role} · or CSV with a heading"),
        (false, true) => "One per line: the name".into(),
        (false, false) => format!("One per line: name{address}{role}; only the name is needed"),
    }
}

fn table(model: &Model, people: &People, area: Rect, buffer: &mut Buffer, theme: Theme, spots: &mut Spots) {
    match (&people.batch, people.bad()) {
        (Some(batch), _) => gauge(model, people, batch, area, buffer, theme),
        (None, 0) => {
            let mut words = match people.lines.len() {
                1 => "1 row, ready to be sent".to_owned(),
                n => format!("{n} rows, ready to be sent"),
            };
            words.extend(rooms(people).map(|rooms| format!(" · {rooms}")));
            text(buffer, area, (3, 1), area.width.saturating_sub(4), &words, theme.good());
        }
        (None, bad) => {
            let words = format!("{bad} of {} rows need you; nothing is sent before", people.lines.len());
            text(buffer, area, (3, 1), area.width.saturating_sub(4), &words, theme.bad());
        }
    }
    let columns = Columns::new(people, area.width);
    heading(&columns, area, buffer, theme);
    if let Some((words, style)) = trouble(model, people, theme) {
        let words = DisplayText::line(&words);
        text(buffer, area, (3, 2), area.width.saturating_sub(4), words.as_str(), style);
    }
    let room = usize::from(area.height.saturating_sub(4)).max(1);
    let first = (people.at + 1).saturating_sub(room);
    for ((index, line), y) in people.lines.iter().enumerate().skip(first).take(room).zip(4..) {
        let here = index == people.at;
        spots.add(super::line(area, y), Spot::Line(index));
        if here {
            text(buffer, area, (1, y), 1, "▌", theme.accent());
        }
        let name_style = if here { theme.strong() } else { theme.text() };
        let number = format!("{:>4}", line.person.line);
        text(buffer, area, (2, y), 4, &number, theme.quiet());
        let name = DisplayText::line(&line.person.name);
        text(buffer, area, (7, y), columns.name_width, name.as_str(), name_style);
        if columns.mail > 0 {
            let mail = DisplayText::line(&line.person.email);
            text(buffer, area, (columns.mail, y), columns.mail_width, mail.as_str(), theme.quiet());
        }
        let role = line.person.role.map_or("", Role::name);
        let style = if line.person.role == Some(Role::Host) { theme.warn() } else { theme.quiet() };
        if columns.role > 0 {
            text(buffer, area, (columns.role, y), ROLE, role, style);
        }
        let (words, style) = stand(model, people, index, theme);
        let width = area.width.saturating_sub(columns.stand + 1);
        text(buffer, area, (columns.stand, y), width, DisplayText::line(&words).as_str(), style);
    }
}

/// Where the links of the people lead; nothing where each row makes a room.
fn rooms(people: &People) -> Option<String> {
    match people.rooms().as_slice() {
        [] => None,
        [room] => Some(format!("room {}", DisplayText::line(room))),
        rooms => Some(format!("into {} rooms", rooms.len())),
    }
}

struct Columns {
    name_width: u16,
    /// 0 where there is no address to show, or no room.
    mail: u16,
    mail_width: u16,
    /// 0 where nobody has one.
    role: u16,
    stand: u16,
}

impl Columns {
    /// As wide as what stands in them, so that as much as can be is left for what is wrong.
    fn new(people: &People, width: u16) -> Columns {
        let wide = usize::from(width >= 100);
        let widest = |of: fn(&Person) -> &str, most: u16| {
            let all = people.lines.iter().take(MEASURED).map(|line| cells(of(&line.person)));
            all.max().unwrap_or(0).clamp(8, most)
        };
        let name_width = widest(|person| &person.name, NAME[wide]);
        let mail_width = widest(|person| &person.email, MAIL[wide]);
        let any = people.lines.iter().any(|line| !line.person.email.is_empty());
        let mail = if any && width >= 76 { 7 + name_width + 2 } else { 0 };
        let next = if mail > 0 { mail + mail_width + 2 } else { 7 + name_width + 2 };
        let roles = people.has_roles() || people.lines.iter().any(|line| line.person.role.is_some());
        let (role, stand) = if roles { (next, next + ROLE) } else { (0, next) };
        Columns { name_width, mail, mail_width, role, stand }
    }
}

/// What is wrong with the row under the cursor, at full length and with the next step.
fn trouble(model: &Model, people: &People, theme: Theme) -> Option<(String, Style)> {
    let line = people.lines.get(people.at)?;
    let said = |why: &str| format!("Line {}: {why}", line.person.line);
    let stand = people.batch.as_ref().and_then(|batch| batch.stand(people.at));
    if !matches!(stand, None | Some(Stand::Failed | Stand::Maybe)) {
        return None;
    }
    let entry = line.job.and_then(|job| model.rows.get(job)).and_then(|row| row.entry());
    let Some(error) = entry.and_then(|entry| entry.outcome.error()) else {
        return line.problem().map(|why| (said(why), theme.bad()));
    };
    let hint = error.next_step().map(|hint| format!(" · {hint}")).unwrap_or_default();
    let state = if stand == Some(Stand::Maybe) { State::Maybe } else { State::Failed };
    Some((said(&format!("{}{hint}", error.message())), theme.state(state)))
}

fn heading(columns: &Columns, area: Rect, buffer: &mut Buffer, theme: Theme) {
    let quiet = theme.quiet();
    text(buffer, area, (2, 3), 4, "LINE", quiet);
    text(buffer, area, (7, 3), columns.name_width, "NAME", quiet);
    if columns.mail > 0 {
        text(buffer, area, (columns.mail, 3), columns.mail_width, "ADDRESS", quiet);
    }
    if columns.role > 0 {
        text(buffer, area, (columns.role, 3), ROLE, "ROLE", quiet);
    }
    text(buffer, area, (columns.stand, 3), 20, "STATE", quiet);
}

/// What there is to say of a row.
fn stand(model: &Model, people: &People, index: usize, theme: Theme) -> (String, Style) {
    let Some(line) = people.lines.get(index) else { return Default::default() };
    let Some(batch) = &people.batch else {
        return match line.problem() {
            Some(problem) => (format!("x {problem}"), theme.bad()),
            None => ("ready".into(), theme.quiet()),
        };
    };
    let row = line.job.and_then(|job| model.rows.get(job));
    let error = row.and_then(|row| row.entry()).and_then(|entry| entry.outcome.error());
    let why = error.map_or_else(|| line.wrong.clone().unwrap_or_default(), |e| e.message().to_owned());
    let state = |state: State, words: &str| (format!("{} {words}", state.glyph()), theme.state(state));
    match batch.stand(index) {
        Some(Stand::Running) if row.and_then(|row| row.running()).is_some_and(|running| running.sent) => {
            state(State::Creating, "under way")
        }
        Some(Stand::Running) => state(State::Creating, "in line"),
        Some(Stand::Made) => {
            let host = row.and_then(|row| row.entry()).is_some_and(|e| e.guest_link().is_none());
            state(State::Live, if host { "made: a host link" } else { "made" })
        }
        Some(Stand::Failed) => state(State::Failed, &why),
        Some(Stand::Maybe) => state(State::Maybe, &format!("may exist: {why}")),
        Some(Stand::Waiting) if batch.halted => ("not sent".into(), theme.quiet()),
        Some(Stand::Waiting) | None => ("waits".into(), theme.quiet()),
    }
}

/// `■■■■□□□□ 40 of 100 · 2 failed · about 2m left`
fn gauge(model: &Model, people: &People, batch: &Batch, area: Rect, buffer: &mut Buffer, theme: Theme) {
    let counts = batch.counts();
    let total = people.lines.len();
    let done = counts.made + counts.failed + counts.maybe;
    let mut words = vec![format!("{done} of {total}")];
    words.extend((counts.failed > 0).then(|| format!("{} failed", counts.failed)));
    words.extend((counts.maybe > 0).then(|| format!("{} may exist", counts.maybe)));
    words.push(mood(model, people, batch, done));
    let mut words = words.join(" · ");
    if let Some(rooms) =
        rooms(people).filter(|rooms| words.width() + rooms.width() + BESIDE < area.width.into())
    {
        words.push_str(&format!(" · {rooms}"));
    }
    // The words are read; the bar takes what they leave.
    let left = usize::from(area.width).saturating_sub(words.width() + 6);
    let width = usize::from(area.width / 4).min(24).min(left);
    let full = (width * done).checked_div(total).unwrap_or(0);
    let spans = vec![
        Span::styled("■".repeat(full), theme.accent()),
        Span::styled("□".repeat(width - full), theme.quiet()),
        Span::styled(format!("  {words}"), theme.text()),
    ];
    put(buffer, area, 3, 1, Line::from(spans));
}

/// What the batch does now, and how long it will take.
fn mood(model: &Model, people: &People, batch: &Batch, done: usize) -> String {
    let counts = batch.counts();
    let seconds = |until: Timestamp| until.as_second() - model.now.as_second();
    if batch.is_over() {
        return if counts.waiting > 0 { "stopped".into() } else { "done".into() };
    }
    if batch.paused {
        return "paused".into();
    }
    if let Some(until) = batch.held(model.now) {
        return format!("too many calls: on in {}", short_span(seconds(until).max(1)));
    }
    if batch.halted {
        return "stopping".into();
    }
    let passed = people.begun.map_or(0, |begun| model.now.as_second() - begun.as_second());
    let left = i64::try_from(counts.waiting + counts.running).unwrap_or(0);
    match i64::try_from(done) {
        Ok(done) if done > 0 && passed > 0 => {
            format!("about {} left", short_span((passed * left / done).max(1)))
        }
        _ => "under way".into(),
    }
}
