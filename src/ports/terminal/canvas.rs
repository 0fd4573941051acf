//! Where ratatui's changes are collected until the frame is whole: crossterm's backend over memory, which never asks
//! and never fails. What the cursor does is decided at the end of the frame, so that a frame without change has no
//! bytes. The last gate for text: no control character leaves it.

use std::cell::RefCell;
use std::io;
use std::rc::Rc;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::Clear;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

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

/// The backend: collects a frame and writes it at once.
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

    fn area(&self) -> Size {
        let (width, height) = self.output.size();
        Size { width, height }
    }
}

impl<O: Output> Backend for Canvas<O> {
    type Error = std::convert::Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Self::Error>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<(u16, u16, Cell)> = content.map(|(x, y, cell)| (x, y, inert(cell))).collect();
        if !cells.is_empty() {
            // Memory takes everything.
            let _ = self.pen.draw(cells.iter().map(|(x, y, cell)| (*x, *y, cell)));
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> Result<(), Self::Error> {
        self.wanted = Cursor::Hidden;
        Ok(())
    }

    /// Nothing by itself: a place always follows.
    fn show_cursor(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// Never asked of the terminal.
    fn get_cursor_position(&mut self) -> Result<Position, Self::Error> {
        Ok(match self.wanted {
            Cursor::At(place) => place,
            Cursor::Hidden => Position::ORIGIN,
        })
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Self::Error> {
        self.wanted = Cursor::At(position.into());
        Ok(())
    }

    fn clear(&mut self) -> Result<(), Self::Error> {
        self.bytes.0.borrow_mut().clear();
        let _ =
            queue!(self.bytes, SetAttribute(Attribute::Reset), Clear(crossterm::terminal::ClearType::All));
        Ok(())
    }

    /// Whatever part is asked for, a whole frame follows.
    fn clear_region(&mut self, _: ClearType) -> Result<(), Self::Error> {
        self.clear()
    }

    fn size(&self) -> Result<Size, Self::Error> {
        Ok(self.area())
    }

    fn window_size(&mut self) -> Result<WindowSize, Self::Error> {
        Ok(WindowSize { columns_rows: self.area(), pixels: Size::ZERO })
    }

    fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// The cell as it may leave: without control characters.
fn inert(cell: &Cell) -> Cell {
    let mut cell = cell.clone();
    if cell.symbol().chars().any(char::is_control) {
        cell.set_symbol("\u{fffd}");
    }
    cell
}
