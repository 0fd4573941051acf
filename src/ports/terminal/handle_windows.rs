//! The terminal's thread on Windows: crossterm reads, its keys become ours. There is no suspending; a terminal that is
//! lent is simply not drawn on.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use crossterm::event::{
    self, Event, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::mouse::Mouse;
use super::{TerminalEvent, guard};
use crate::domain::key::{Key, KeyCode};

type Sink = Arc<dyn Fn(TerminalEvent) -> bool + Send + Sync>;

/// The handle by which the program speaks to the terminal's thread.
pub struct Watch {
    sink: Sink,
    lent: Arc<AtomicBool>,
}

/// A watch that waits to be started.
pub struct Prepared(Watch);

impl Watch {
    pub(super) fn prepare(sink: impl Fn(TerminalEvent) -> bool + Send + 'static) -> io::Result<Prepared> {
        let sink = std::sync::Mutex::new(sink);
        let sink: Sink = Arc::new(move |event| sink.lock().is_ok_and(|sink| sink(event)));
        Ok(Prepared(Watch { sink, lent: Arc::default() }))
    }

    /// Windows has no jobs to stop.
    pub fn suspend(&self) {}

    /// Gives the terminal to somebody else, an editor; returns when it is free.
    pub fn lend(&self) {
        self.lent.store(true, SeqCst);
        guard::leave();
    }

    /// Takes the terminal back; `Resumed` says that it is ours.
    pub fn take_back(&self) {
        self.lent.store(false, SeqCst);
        let event = if guard::enter().is_ok() { TerminalEvent::Resumed } else { TerminalEvent::Gone };
        (self.sink)(event);
    }
}

impl Prepared {
    pub(super) fn start(self) -> io::Result<Watch> {
        let Prepared(watch) = self;
        let (sink, lent) = (Arc::clone(&watch.sink), Arc::clone(&watch.lent));
        thread::Builder::new().name("terminal".into()).spawn(move || while turn(&sink, &lent) {})?;
        Ok(watch)
    }
}

/// Waits for one event and passes it on; false when there is nobody to tell.
fn turn(sink: &Sink, lent: &AtomicBool) -> bool {
    if lent.load(SeqCst) {
        thread::sleep(Duration::from_millis(50));
        return true;
    }
    match event::read() {
        Ok(Event::Key(event)) if event.kind != KeyEventKind::Release => {
            key(event).is_none_or(|key| sink(TerminalEvent::Keys(vec![key])))
        }
        Ok(Event::Mouse(event)) => mouse(event).is_none_or(|mouse| sink(TerminalEvent::Mouse(mouse))),
        Ok(Event::Paste(text)) => sink(TerminalEvent::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
        Ok(Event::Resize(columns, rows)) => sink(TerminalEvent::Resize(columns, rows)),
        Ok(_) => true,
        Err(_) => {
            sink(TerminalEvent::Gone);
            false
        }
    }
}

fn mouse(event: MouseEvent) -> Option<Mouse> {
    match event.kind {
        MouseEventKind::Down(MouseButton::Left) if event.modifiers.is_empty() => {
            Some(Mouse::Press(event.column, event.row))
        }
        MouseEventKind::ScrollUp => Some(Mouse::WheelUp),
        MouseEventKind::ScrollDown => Some(Mouse::WheelDown),
        _ => None,
    }
}

fn key(event: KeyEvent) -> Option<Key> {
    use crossterm::event::KeyCode as Theirs;
    let held = |modifier| event.modifiers.contains(modifier);
    let code = match event.code {
        Theirs::Char(letter) => KeyCode::Char(letter),
        Theirs::Enter => KeyCode::Enter,
        Theirs::Esc => KeyCode::Esc,
        Theirs::Tab | Theirs::BackTab => KeyCode::Tab,
        Theirs::Backspace => KeyCode::Backspace,
        Theirs::Delete => KeyCode::Delete,
        Theirs::Insert => KeyCode::Insert,
        Theirs::Home => KeyCode::Home,
        Theirs::End => KeyCode::End,
        Theirs::PageUp => KeyCode::PageUp,
        Theirs::PageDown => KeyCode::PageDown,
        Theirs::Up => KeyCode::Up,
        Theirs::Down => KeyCode::Down,
        Theirs::Left => KeyCode::Left,
        Theirs::Right => KeyCode::Right,
        Theirs::F(number @ 1..=24) => KeyCode::F(number),
        _ => return None,
    };
    let shift = held(KeyModifiers::SHIFT) || event.code == Theirs::BackTab;
    Some(Key::new(code, held(KeyModifiers::CONTROL), held(KeyModifiers::ALT), shift))
}
