//! What the main thread draws on: the frame being drawn and the one shown (`sheets`) over a pen of our own
//! (`canvas`). A frame is one write inside synchronized output; a frame in which nothing changed is no write at all.
//! Whenever the terminal was away in between, the next frame is whole by itself.

use std::io;

use base64::Engine;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use crate::domain::hyperlink::Hyperlink;

use super::canvas::Canvas;
use super::sheets::Sheets;
use super::{guard, mouse, tty};

/// Where a screen's bytes go, and how large it is.
pub trait Output {
    /// Columns and rows.
    fn size(&self) -> (u16, u16);
    /// Changes when what was drawn before is gone.
    fn taken(&self) -> u32;
    /// Writes all of it; false if the screen is not ours at present.
    fn write(&mut self, bytes: &[u8]) -> io::Result<bool>;
    /// Has the mouse reported or not; false if the screen is not ours at present.
    fn mouse(&mut self, on: bool) -> io::Result<bool> {
        self.write(if on { mouse::ON } else { mouse::OFF })
    }
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

    fn mouse(&mut self, on: bool) -> io::Result<bool> {
        guard::mouse(on)
    }

    fn close(&mut self) {
        guard::leave();
    }
}

pub struct Screen<O: Output> {
    canvas: Canvas<O>,
    sheets: Sheets,
    /// The taking of the terminal that the buffer's contents belong to.
    taken: u32,
    /// Whether the mouse is reported; unknown where it was and the terminal may have been away.
    mouse: Option<bool>,
}

impl<O: Output> Screen<O> {
    /// A screen on which nothing is drawn yet.
    pub fn new(output: O) -> Screen<O> {
        let (taken, sheets) = (output.taken(), Sheets::new(output.size()));
        Screen { canvas: Canvas::new(output), sheets, taken, mouse: Some(false) }
    }

    /// Draws a frame on an empty sheet; the answer of `render` is where the cursor belongs. An error means that the
    /// terminal takes nothing any more; `Gone` follows.
    pub fn draw(&mut self, render: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        self.draw_linked(|buffer| (render(buffer), Vec::new()))
    }

    /// The same with the cells that lead to an address.
    pub fn draw_linked(
        &mut self,
        render: impl FnOnce(&mut Buffer) -> (Option<Position>, Vec<Hyperlink>),
    ) -> io::Result<()> {
        let taken = self.canvas.output().taken();
        if taken != self.taken || !self.canvas.arrived() {
            self.taken = taken;
            self.repaint();
        }
        if self.size() != self.sheets.size() {
            self.renew();
        }
        let (cursor, links) = render(self.sheets.next());
        self.sheets.lead(links);
        let width = self.sheets.size().0;
        self.canvas.draw(&mut self.sheets.changes(), width, self.sheets.links());
        self.canvas.place(cursor);
        let written = self.canvas.commit();
        self.sheets.turn();
        written
    }

    /// Makes the next draw whole, whatever is on the terminal.
    pub fn repaint(&mut self) {
        self.renew();
        self.canvas.forget();
        self.mouse = self.mouse.filter(|on| !on);
    }

    /// Has the mouse reported from now on, or leaves it to the terminal. Writes nothing where that is so already.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        if self.mouse != Some(on) && self.canvas.output_mut().mouse(on)? {
            self.mouse = Some(on);
        }
        Ok(())
    }

    /// Empty sheets, and an empty terminal to go with them.
    fn renew(&mut self) {
        self.sheets = Sheets::new(self.size());
        self.canvas.clear();
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        self.canvas.output().size()
    }

    /// Hands a text to the terminal's clipboard. Whether it took it cannot be known; false if the screen is not
    /// ours at present. Beside the hyperlinks a user has asked for, the only operating system command that is ever
    /// written.
    pub fn osc52(&mut self, text: &str) -> io::Result<bool> {
        let text = base64::engine::general_purpose::STANDARD.encode(text);
        self.canvas.output_mut().write(format!("\x1b]52;c;{text}\x1b\\").as_bytes())
    }
}

impl<O: Output> Drop for Screen<O> {
    fn drop(&mut self) {
        self.canvas.output_mut().close();
    }
}
