//! What the main thread draws on: ratatui's double buffer over a pen of our own. A frame is one write inside
//! synchronized output; a frame in which nothing changed is no write at all. Whenever the terminal was away in
//! between, the next frame is whole by itself.

use std::io;

use base64::Engine;
use ratatui::layout::{Position, Rect};
use ratatui::{Frame, Terminal};

use super::canvas::Canvas;
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
        let Ok(terminal) = Terminal::new(Canvas::new(output));
        Screen { terminal, taken }
    }

    /// Draws a frame. An error means that the terminal takes nothing any more; `Gone` follows.
    pub fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let taken = self.terminal.backend().output().taken();
        if taken != self.taken || !self.terminal.backend().arrived() {
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
        self.terminal.backend_mut().forget();
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.terminal.backend().output().size()
    }

    /// Hands a text to the terminal's clipboard. Whether it took it cannot be known; false if the screen is not
    /// ours at present. The only operating system command that is ever written.
    pub fn osc52(&mut self, text: &str) -> io::Result<bool> {
        let text = base64::engine::general_purpose::STANDARD.encode(text);
        self.terminal.backend_mut().output_mut().write(format!("\x1b]52;c;{text}\x1b\\").as_bytes())
    }
}

impl<O: Output> Drop for Screen<O> {
    fn drop(&mut self) {
        self.terminal.backend_mut().output_mut().close();
    }
}
