//! What the main thread draws on: ratatui's double buffer over a pen of our own. A frame is one write inside
//! synchronized output; a frame in which nothing changed is no write at all. Whenever the terminal was away in
//! between, the next frame is whole by itself.

use std::io;

use base64::Engine;
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};
use ratatui::{Frame, Terminal};

use super::pen::Pen;
use super::{guard, tty};

/// Where a screen's bytes go, and how large it is.
pub trait Output {
    /// Columns and rows.
    fn size(&self) -> (u16, u16);
    /// Changes when what was drawn before is gone.
    fn taken(&self) -> u32;
    /// Writes all of it; false if the screen is not ours at present.
    fn write(&mut self, bytes: &[u8]) -> io::Result<bool>;
    /// Gives the terminal back.
    fn close(&mut self) {}
}

/// The terminal of this process.
pub struct Tty;

impl Output for Tty {
    fn size(&self) -> (u16, u16) {
        tty::size()
    }

    fn taken(&self) -> u32 {
        guard::taken()
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<bool> {
        guard::write(bytes)
    }

    fn close(&mut self) {
        guard::leave();
    }
}

pub struct Screen<O: Output> {
    terminal: Terminal<Canvas<O>>,
    /// The taking of the terminal that the buffer's contents belong to.
    taken: u32,
}

impl<O: Output> Screen<O> {
    /// A screen on which nothing is drawn yet.
    pub fn new(output: O) -> Screen<O> {
        let taken = output.taken();
        let canvas = Canvas {
            output,
            pen: Pen::new(),
            frame: Vec::new(),
            cursor: None,
            wanted: Cursor::Hidden,
            kept: true,
        };
        let Ok(terminal) = Terminal::new(canvas);
        Screen { terminal, taken }
    }

    /// Draws a frame. An error means that the terminal takes nothing any more; `Gone` follows.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let taken = self.terminal.backend().output.taken();
        if taken != self.taken || !self.terminal.backend().kept {
            self.taken = taken;
            self.repaint();
        }
        let Ok(_) = self.terminal.draw(render);
        self.terminal.backend_mut().commit()
    }

    /// Makes the next draw whole, whatever is on the terminal.
    pub fn repaint(&mut self) {
        let Ok(size) = self.terminal.size();
        let Ok(()) = self.terminal.resize(Rect::from((Position::ORIGIN, size)));
        let canvas = self.terminal.backend_mut();
        (canvas.cursor, canvas.kept) = (None, true);
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.terminal.backend().output.size()
    }

    /// Hands a text to the terminal's clipboard. Whether it took it cannot be known; false if the screen is not
    /// ours at present. The only operating system command that is ever written.
    pub fn osc52(&mut self, text: &str) -> io::Result<bool> {
        let text = base64::engine::general_purpose::STANDARD.encode(text);
        self.terminal.backend_mut().output.write(format!("\x1b]52;c;{text}\x1b\\").as_bytes())
    }
}

impl<O: Output> Drop for Screen<O> {
    fn drop(&mut self) {
        self.terminal.backend_mut().output.close();
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cursor {
    Hidden,
    At(Position),
}

/// The backend: collects a frame and writes it at once.
struct Canvas<O> {
    output: O,
    pen: Pen,
    frame: Vec<u8>,
    /// What the terminal shows; unknown after it was away.
    cursor: Option<Cursor>,
    wanted: Cursor,
    /// Whether the last frame arrived.
    kept: bool,
}

impl<O: Output> Canvas<O> {
    fn commit(&mut self) -> io::Result<()> {
        self.place_cursor();
        if self.pen.is_empty() {
            return Ok(());
        }
        self.frame.clear();
        self.frame.extend_from_slice(b"\x1b[?2026h");
        self.pen.take(&mut self.frame);
        self.frame.extend_from_slice(b"\x1b[?2026l");
        let written = self.output.write(&self.frame);
        self.kept = matches!(written, Ok(true));
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
