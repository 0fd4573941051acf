//! Where ratatui's changes are collected until the frame is whole: its backend, which never asks and never fails. What
//! the cursor does is decided at the end of the frame, so that a frame without change has no bytes.

use std::io;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::pen::Pen;
use super::screen::Output;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Hidden,
    At(Position),
}

/// The backend: collects a frame and writes it at once.
pub struct Canvas<O> {
    output: O,
    pen: Pen,
    frame: Vec<u8>,
    /// What the terminal shows; unknown after it was away.
    cursor: Option<Cursor>,
    wanted: Cursor,
    arrived: bool,
}

impl<O: Output> Canvas<O> {
    pub fn new(output: O) -> Canvas<O> {
        Canvas {
            output,
            pen: Pen::new(),
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
        self.place_cursor();
        if self.pen.is_empty() {
            return Ok(());
        }
        self.frame.clear();
        self.frame.extend_from_slice(b"\x1b[?2026h");
        self.pen.take(&mut self.frame);
        self.frame.extend_from_slice(b"\x1b[?2026l");
        let written = self.output.write(&self.frame);
        self.arrived = matches!(written, Ok(true));
        written.map(|_| ())
    }

    fn place_cursor(&mut self) {
        if self.pen.is_empty() && self.cursor == Some(self.wanted) {
            return;
        }
        let shown = matches!(self.cursor, Some(Cursor::At(_)));
        match self.wanted {
            Cursor::Hidden if self.cursor != Some(Cursor::Hidden) => self.pen.raw(b"\x1b[?25l"),
            Cursor::Hidden => {}
            Cursor::At(place) => {
                self.pen.go(place);
                if !shown {
                    self.pen.raw(b"\x1b[?25h");
                }
            }
        }
        self.cursor = Some(self.wanted);
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
        let width = self.output.size().0;
        for (x, y, cell) in content {
            self.pen.cell(Position { x, y }, cell, width);
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
        self.pen.wipe();
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
