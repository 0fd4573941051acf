//! Where the changes are collected until the frame is whole: ratatui's crossterm backend over memory, which never
//! asks and never fails. What the cursor does is decided at the end of the frame, so that a frame without change has no
//! bytes. The last gate for text: no control character leaves it.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{Clear, ClearType};
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Cell;
use ratatui::layout::Position;

use crate::domain::hyperlink::Hyperlink;

use super::leads::{self, Change};
use super::screen::Output;

/// A frame of at most so many bytes arrives at once and needs no synchronized output around it: a typed key.
const SMALL: usize = 256;

/// The bytes of a frame under way; the backend and the canvas share them.
#[derive(Clone, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Bytes {
    fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// Takes the order to go to the start of a row out again, if the bytes from a place on begin with it.
    fn unplace(&self, from: usize, row: u16) {
        let order = format!("\x1b[{};1H", row + 1);
        let mut bytes = self.0.borrow_mut();
        if bytes.get(from..).is_some_and(|behind| behind.starts_with(order.as_bytes())) {
            bytes.drain(from..from + order.len());
        }
    }
}

impl io::Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Hidden,
    At(Position),
}

/// Collects a frame and writes it at once.
pub struct Canvas<O> {
    output: O,
    bytes: Bytes,
    pen: CrosstermBackend<Bytes>,
    frame: Vec<u8>,
    /// What the terminal shows; unknown after it was away.
    cursor: Option<Cursor>,
    wanted: Cursor,
    arrived: bool,
}

impl<O: Output> Canvas<O> {
    pub fn new(output: O) -> Canvas<O> {
        let bytes = Bytes::default();
        Canvas {
            output,
            pen: CrosstermBackend::new(bytes.clone()),
            bytes,
            frame: Vec::new(),
            cursor: None,
            wanted: Cursor::Hidden,
            arrived: true,
        }
    }

    pub fn output(&self) -> &O {
        &self.output
    }

    pub fn output_mut(&mut self) -> &mut O {
        &mut self.output
    }

    /// Whether the terminal got the last frame.
    pub fn arrived(&self) -> bool {
        self.arrived
    }

    /// Where the terminal's cursor is, and whether it shows, is not known any more.
    pub fn forget(&mut self) {
        (self.cursor, self.arrived) = (None, true);
    }

    /// Collects changed cells of a frame of this width, those of a hyperlink within its sequences.
    pub fn draw(&mut self, changes: &mut [Change], width: u16, links: &[Hyperlink]) {
        if links.is_empty() {
            return self.cells(changes, width);
        }
        for (piece, link) in leads::pieces(changes, links) {
            let Some(link) = link else {
                self.cells(piece, width);
                continue;
            };
            self.bytes.0.borrow_mut().extend_from_slice(leads::opened(link).as_bytes());
            self.cells(piece, width);
            self.bytes.0.borrow_mut().extend_from_slice(leads::CLOSED.as_bytes());
        }
    }

    fn cells(&mut self, changes: &mut [Change], width: u16) {
        if changes.is_empty() {
            return;
        }
        changes.iter_mut().for_each(|(_, _, cell)| make_inert(cell));
        let mut rest = &*changes;
        while !rest.is_empty() {
            let end = rest.windows(2).position(|pair| runs_on(pair, width)).map_or(rest.len(), |at| at + 1);
            let (piece, behind) = rest.split_at(end);
            self.pen(piece);
            let from = self.bytes.0.borrow().len();
            if let Some((_, y, _)) = behind.first() {
                self.pen(&behind[..1]);
                self.bytes.unplace(from, *y);
            }
            rest = behind.get(1..).unwrap_or_default();
        }
    }

    fn pen(&mut self, cells: &[Change]) {
        // Memory takes everything.
        let _ = self.pen.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell)));
    }

    /// Where the cursor is to be after the frame; nowhere, and it is hidden.
    pub fn place(&mut self, cursor: Option<Position>) {
        self.wanted = cursor.map_or(Cursor::Hidden, Cursor::At);
    }

    /// Begins the frame with an empty terminal.
    pub fn clear(&mut self) {
        self.bytes.0.borrow_mut().clear();
        let _ = queue!(self.bytes, SetAttribute(Attribute::Reset), Clear(ClearType::All));
    }

    /// Writes the frame, if there is anything in it.
    pub fn commit(&mut self) -> io::Result<()> {
        self.place_cursor()?;
        if self.bytes.is_empty() {
            return Ok(());
        }
        let mut bytes = self.bytes.0.borrow_mut();
        let whole = bytes.len() > SMALL;
        self.frame.clear();
        self.frame.extend_from_slice(if whole { b"\x1b[?2026h" } else { b"" });
        self.frame.append(&mut bytes);
        self.frame.extend_from_slice(if whole { b"\x1b[?2026l" } else { b"" });
        drop(bytes);
        let written = self.output.write(&self.frame);
        self.arrived = matches!(written, Ok(true));
        written.map(|_| ())
    }

    fn place_cursor(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() && self.cursor == Some(self.wanted) {
            return Ok(());
        }
        let shown = matches!(self.cursor, Some(Cursor::At(_)));
        match self.wanted {
            Cursor::Hidden if self.cursor != Some(Cursor::Hidden) => queue!(self.bytes, Hide)?,
            Cursor::Hidden => {}
            Cursor::At(place) if shown => queue!(self.bytes, MoveTo(place.x, place.y))?,
            Cursor::At(place) => queue!(self.bytes, MoveTo(place.x, place.y), Show)?,
        }
        self.cursor = Some(self.wanted);
        Ok(())
    }
}

/// Whether a text goes on in the next row: its last cell is the last of a row and the next one the first of the row
/// below. The terminal then breaks the line by itself, and knows both rows as one line when it is selected.
fn runs_on(pair: &[Change], width: u16) -> bool {
    let [(x, y, last), (next_x, next_y, first)] = pair else { return false };
    let is_text = |cell: &Cell| matches!(cell.symbol().as_bytes(), [b'!'..=b'~']);
    *x + 1 == width && *next_x == 0 && *next_y == *y + 1 && is_text(last) && is_text(first)
}

/// The cell as it may leave: without control characters.
fn make_inert(cell: &mut Cell) {
    if cell.symbol().chars().any(char::is_control) {
        cell.set_symbol("\u{fffd}");
    }
}
