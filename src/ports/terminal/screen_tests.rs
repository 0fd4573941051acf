//! What a screen writes, and what a model of a terminal makes of it.

use std::cell::RefCell;
use std::io;
use std::num::NonZeroU16;
use std::rc::Rc;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget};

use crate::domain::hyperlink::{Hyperlink, Target};
use crate::domain::secret::Secret;
use crate::ports::terminal::screen::{Output, Screen};

/// Paper in place of the device.
#[derive(Clone, Default)]
struct Paper(Rc<RefCell<Sheet>>);

#[derive(Default)]
struct Sheet {
    size: (u16, u16),
    taken: u32,
    away: bool,
    writes: Vec<Vec<u8>>,
}

impl Paper {
    fn new(columns: u16, rows: u16) -> Paper {
        let paper = Paper::default();
        paper.0.borrow_mut().size = (columns, rows);
        paper
    }

    fn writes(&self) -> Vec<String> {
        let writes = std::mem::take(&mut self.0.borrow_mut().writes);
        writes.into_iter().map(|bytes| String::from_utf8(bytes).unwrap()).collect()
    }
}

impl Output for Paper {
    fn size(&self) -> (u16, u16) {
        self.0.borrow().size
    }

    fn taken(&self) -> u32 {
        self.0.borrow().taken
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let mut sheet = self.0.borrow_mut();
        if !sheet.away {
            sheet.writes.push(bytes.to_vec());
        }
        Ok(!sheet.away)
    }
}

/// What was written, without the colours and attributes that are only put back.
fn shown_by(writes: &[String]) -> Vec<String> {
    let resets = ["\x1b[39m", "\x1b[49m", "\x1b[59m", "\x1b[0m"];
    writes
        .iter()
        .map(|write| resets.iter().fold(write.clone(), |write, reset| write.replace(reset, "")))
        .collect()
}

fn typed(text: &str) -> impl FnOnce(&mut Buffer) -> Option<Position> {
    move |buffer| {
        Paragraph::new(text).render(buffer.area, buffer);
        Some(Position { x: text.len() as u16, y: 0 })
    }
}

#[test]
fn a_frame_is_one_write_and_an_unchanged_one_none() {
    let paper = Paper::new(80, 24);
    let mut screen = Screen::new(paper.clone());
    screen.draw(typed("ab")).unwrap();
    assert_eq!(shown_by(&paper.writes()), ["\x1b[1;1Hab\x1b[1;3H\x1b[?25h"]);
    screen.draw(typed("ab")).unwrap();
    assert_eq!(paper.writes(), [""; 0]);
    screen.draw(typed("abc")).unwrap();
    assert_eq!(shown_by(&paper.writes()), ["\x1b[1;3Hc\x1b[1;4H"]);
    screen.draw(|buffer| typed("abc")(buffer).and(None)).unwrap();
    assert_eq!(paper.writes(), ["\x1b[?25l"]);
}

#[test]
fn a_large_frame_is_shown_at_once_and_a_small_one_costs_little() {
    let paper = Paper::new(80, 24);
    let mut screen = Screen::new(paper.clone());
    screen.draw(typed(&format!("{}\n", "x".repeat(70)).repeat(9))).unwrap();
    let large = paper.writes();
    assert!(large[0].starts_with("\x1b[?2026h") && large[0].ends_with("\x1b[?2026l"), "{large:?}");
    screen.draw(typed("yyy")).unwrap();
    screen.draw(typed("yyyz")).unwrap();
    assert!(paper.writes().last().unwrap().len() <= 48);
}

#[test]
fn what_is_drawn_while_the_terminal_is_away_is_drawn_again_whole() {
    let paper = Paper::new(80, 24);
    let mut screen = Screen::new(paper.clone());
    screen.draw(typed("ab")).unwrap();
    paper.0.borrow_mut().away = true;
    screen.draw(typed("abc")).unwrap();
    paper.0.borrow_mut().away = false;
    paper.0.borrow_mut().taken += 1;
    paper.writes();
    screen.draw(typed("abc")).unwrap();
    assert_eq!(shown_by(&paper.writes()), ["\x1b[2J\x1b[1;1Habc\x1b[1;4H\x1b[?25h"]);
    screen.repaint();
    screen.draw(typed("abc")).unwrap();
    assert!(shown_by(&paper.writes())[0].contains("\x1b[2J\x1b[1;1Habc"));
}

#[test]
fn no_control_character_gets_through() {
    let paper = Paper::new(20, 1);
    let mut screen = Screen::new(paper.clone());
    let hostile = |buffer: &mut Buffer| {
        buffer[(0, 0)].set_symbol("\x1b]52;c;QQ==\x07");
        buffer[(15, 0)].set_symbol("\u{9b}1m");
        None
    };
    screen.draw(hostile).unwrap();
    assert_eq!(shown_by(&paper.writes()), ["\x1b[1;1H\u{fffd}\x1b[1;16H\u{fffd}\x1b[?25l"]);
}

#[test]
fn the_clipboard_sequence_is_exactly_that() {
    let paper = Paper::new(80, 24);
    let mut screen = Screen::new(paper.clone());
    assert!(screen.osc52("https://x.example/a").unwrap());
    assert_eq!(paper.writes(), ["\x1b]52;c;aHR0cHM6Ly94LmV4YW1wbGUvYQ==\x1b\\"]);
    paper.0.borrow_mut().away = true;
    assert!(!screen.osc52("x").unwrap());
}

#[test]
fn any_size_is_drawn_on() {
    let paper = Paper::new(0, 0);
    let mut screen = Screen::new(paper.clone());
    for size in [(0, 0), (1, 1), (0, 9), (9, 0), (65535, 1), (1, 65535), (500, 200), (80, 24)] {
        paper.0.borrow_mut().size = size;
        screen.draw(typed("ab")).unwrap();
    }
    assert!(paper.writes().last().unwrap().contains("ab"));
}

#[test]
fn the_mouse_is_asked_for_once_and_again_after_the_terminal_was_away() {
    let paper = Paper::new(10, 1);
    let mut screen = Screen::new(paper.clone());
    screen.mouse(false).unwrap();
    assert_eq!(paper.writes(), Vec::<String>::new(), "what is off is not switched off");
    for _ in 0..2 {
        screen.mouse(true).unwrap();
    }
    assert_eq!(paper.writes(), ["\x1b[?1000h\x1b[?1006h"]);
    paper.0.borrow_mut().taken += 1;
    screen.draw(typed("ab")).unwrap();
    paper.writes();
    paper.0.borrow_mut().away = true;
    screen.mouse(true).unwrap();
    paper.0.borrow_mut().away = false;
    screen.mouse(true).unwrap();
    assert_eq!(paper.writes(), ["\x1b[?1000h\x1b[?1006h"]);
    for _ in 0..2 {
        screen.mouse(false).unwrap();
    }
    assert_eq!(paper.writes(), ["\x1b[?1006l\x1b[?1000l"]);
}

#[test]
fn colours_are_the_terminals_own() {
    let paper = Paper::new(10, 1);
    let mut screen = Screen::new(paper.clone());
    let style =
        Style::new().fg(Color::LightRed).bg(Color::Blue).add_modifier(Modifier::BOLD | Modifier::REVERSED);
    let coloured = |buffer: &mut Buffer| {
        Span::styled("x", style).render(buffer.area, buffer);
        None
    };
    screen.draw(coloured).unwrap();
    let written = paper.writes();
    for part in ["\x1b[1m", "\x1b[7m", "38;5;9;48;5;4m"] {
        assert!(written[0].contains(part), "{written:?}");
    }
}

/// A piece of text for each row: pieces over one another could leave half a character, which no page does.
type Drawing = Vec<(u16, String, u8)>;

fn drawings() -> impl Strategy<Value = Vec<Drawing>> {
    let piece = (0u16..20, "[ab─é日🎉 ]{0,12}", any::<u8>());
    prop::collection::vec(prop::collection::vec(piece, 0..6), 1..6)
}

fn render(drawing: &Drawing, buffer: &mut Buffer) -> Option<Position> {
    for ((x, text, look), y) in drawing.iter().zip(0..) {
        let colour =
            [Color::Reset, Color::Red, Color::Indexed(99), Color::Rgb(1, 2, 3)][usize::from(look % 4)];
        let bold = if look & 4 == 0 { Modifier::empty() } else { Modifier::BOLD };
        let style = Style::new().fg(colour).add_modifier(bold);
        let area = Rect { x: *x, y, width: 20 - x, height: 1 };
        Line::styled(text.as_str(), style).render(area.intersection(buffer.area), buffer);
    }
    Some(Position::ORIGIN)
}

/// What each cell of a terminal shows after these frames; nothing and a space look the same.
fn shown(drawings: &[Drawing]) -> Vec<String> {
    let paper = Paper::new(20, 6);
    let mut screen = Screen::new(paper.clone());
    let mut model = vt100::Parser::new(NonZeroU16::new(6).unwrap(), NonZeroU16::new(20).unwrap(), 0);
    for drawing in drawings {
        screen.draw(|buffer| render(drawing, buffer)).unwrap();
        paper.writes().iter().for_each(|bytes| model.process(bytes.as_bytes()));
    }
    let places = (0..6).flat_map(|row| (0..20).map(move |column| (row, column)));
    places
        .filter_map(|(row, column)| model.screen().cell(row, column))
        .map(|cell| {
            let text = if cell.has_contents() { cell.contents() } else { " " };
            format!("{text} {} {:?} {}", cell.is_wide(), cell.fgcolor(), cell.bold())
        })
        .collect()
}

proptest! {
    #![proptest_config(crate::chance::usual())]

    #[test]
    fn changes_come_to_the_same_as_a_whole_frame(drawings in drawings()) {
        let last = drawings.last().cloned().unwrap();
        prop_assert_eq!(shown(&drawings), shown(&[last]));
    }
}

fn linked(
    text: &'static str,
    links: &[(u16, u16, u16, &str)],
) -> impl FnOnce(&mut Buffer) -> (Option<Position>, Vec<Hyperlink>) {
    let link = |(number, (x, y, width, url)): (usize, &(u16, u16, u16, &str))| Hyperlink {
        x: *x,
        y: *y,
        width: *width,
        number,
        target: Target::new(&Secret::new(*url)).unwrap(),
    };
    let links = links.iter().enumerate().map(link).collect();
    move |buffer| {
        Paragraph::new(text).render(buffer.area, buffer);
        (None, links)
    }
}

/// What stands in links, by their addresses, and what stands in none.
fn led(written: &str) -> (Vec<(String, String)>, String) {
    let (mut inside, mut outside) = (Vec::new(), String::new());
    for (at, piece) in written.split("\x1b]8;").enumerate() {
        let (parameters, rest) = if at == 0 { (";", piece) } else { piece.split_once("\x1b\\").unwrap() };
        let mut text = String::new();
        let mut letters = rest.chars();
        while let Some(letter) = letters.next() {
            match letter {
                '\x1b' => drop(letters.by_ref().find(char::is_ascii_alphabetic)),
                letter => text.push(letter),
            }
        }
        let url = parameters.split_once(';').unwrap().1;
        if url.is_empty() { outside.push_str(&text) } else { inside.push((url.to_owned(), text)) }
    }
    (inside, outside)
}

#[test]
fn a_link_is_told_around_its_cells_and_ended_at_once() {
    let paper = Paper::new(20, 3);
    let mut screen = Screen::new(paper.clone());
    let url = "https://a.example/1";
    screen.draw_linked(linked("at http now", &[(3, 0, 4, url)])).unwrap();
    let written = paper.writes().concat();
    assert!(written.contains("\x1b]8;id=roomkey0;https://a.example/1\x1b\\"), "{written:?}");
    assert_eq!(written.matches("\x1b]8;;\x1b\\").count(), 1, "{written:?}");
    let (inside, outside) = led(&written);
    assert_eq!((inside, outside.trim_end()), (vec![(url.into(), "http".into())], "at  now"));
    // The same again is nothing at all.
    screen.draw_linked(linked("at http now", &[(3, 0, 4, url)])).unwrap();
    assert_eq!(paper.writes(), Vec::<String>::new());
}

#[test]
fn the_same_text_that_leads_elsewhere_is_told_again() {
    let paper = Paper::new(20, 3);
    let mut screen = Screen::new(paper.clone());
    screen.draw_linked(linked("at http now", &[(3, 0, 4, "https://a.example/1")])).unwrap();
    paper.writes();
    screen.draw_linked(linked("at http now", &[(3, 0, 4, "https://b.example/2")])).unwrap();
    let (inside, outside) = led(&paper.writes().concat());
    assert_eq!(inside, [("https://b.example/2".to_owned(), "http".to_owned())]);
    assert_eq!(outside.trim_end(), "at  now");
    // And where it leads nowhere any more, the link is taken off its cells.
    screen.draw_linked(linked("at http now", &[])).unwrap();
    let (inside, outside) = led(&paper.writes().concat());
    assert_eq!((inside, outside.trim_end()), (vec![], "at http now"));
}

#[test]
fn without_links_there_is_not_a_byte_of_them() {
    let paper = Paper::new(20, 3);
    let mut screen = Screen::new(paper.clone());
    screen.draw(typed("https://a.example/1")).unwrap();
    assert!(!paper.writes().concat().contains("\x1b]"));
}
