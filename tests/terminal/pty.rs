//! A program in a pseudo-terminal: its bytes go into a model of a terminal as they come, and a test waits for what it
//! wants to see, never for time to pass.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// Columns and rows.
pub type Size = (u16, u16);

/// Far beyond what anything here takes; who waits as long waits in vain.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Pty {
    /// None after a hang-up.
    master: Option<Box<dyn MasterPty + Send>>,
    /// Kept until the program has ended, so that what it leaves the line like can be asked for.
    slave: Option<Box<dyn SlavePty + Send>>,
    line_before: String,
    line_after: Option<String>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Option<Box<dyn Write + Send>>,
    output: Receiver<Vec<u8>>,
    model: vt100::Parser,
    written: Vec<u8>,
    frame: Frame,
    home: tempfile::TempDir,
}

/// Whether a frame has begun of which the rest is still to come: a pseudo-terminal hands a large one on in pieces.
#[derive(Default)]
struct Frame {
    is_torn: bool,
    /// The last few bytes, in which an order may have begun.
    tail: Vec<u8>,
}

impl Frame {
    const BEGIN: &[u8; 8] = b"\x1b[?2026h";
    const END: &[u8; 8] = b"\x1b[?2026l";

    fn take(&mut self, bytes: &[u8]) {
        self.tail.extend_from_slice(bytes);
        let order = |window: &[u8]| window == Frame::BEGIN || window == Frame::END;
        if let Some(last) = self.tail.windows(Frame::BEGIN.len()).rfind(|window| order(window)) {
            self.is_torn = last == Frame::BEGIN;
        }
        let done = self.tail.len().saturating_sub(Frame::BEGIN.len() - 1);
        self.tail.drain(..done);
    }
}

impl Pty {
    /// In a home of its own, in which there is nothing.
    pub fn run(size: Size, argv: &[&str]) -> Pty {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let home = tempfile::tempdir().unwrap();
        let line_before = line(&*pair.master);
        let child = pair.slave.spawn_command(command(argv, home.path())).unwrap();
        let output = listen(pair.master.try_clone_reader().unwrap());
        Pty {
            keyboard: Some(pair.master.take_writer().unwrap()),
            line_before,
            line_after: None,
            child,
            output,
            master: Some(pair.master),
            slave: Some(pair.slave),
            model: vt100::Parser::new(cells(size.1), cells(size.0), 0),
            written: Vec::new(),
            frame: Frame::default(),
            home,
        }
    }

    pub fn keys(&mut self, keys: &str) {
        self.bytes(keys.as_bytes());
    }

    pub fn bytes(&mut self, bytes: &[u8]) {
        let keyboard = self.keyboard.as_mut().unwrap();
        keyboard.write_all(bytes).unwrap();
        keyboard.flush().unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        let pid = self.child.process_id().and_then(|pid| Pid::from_raw(pid as i32)).unwrap();
        kill_process(pid, signal).unwrap();
    }

    pub fn resize(&mut self, size: Size) {
        self.model.screen_mut().set_size(cells(size.1), cells(size.0));
        self.master.as_ref().unwrap().resize(pty_size(size)).unwrap();
    }

    /// Gives the terminal a size no model has.
    pub fn resize_oddly(&mut self, size: Size) {
        self.master.as_ref().unwrap().resize(pty_size(size)).unwrap();
    }

    /// From now on nobody takes what is written, as with an emulator that is stopped. The listener takes one piece
    /// more; something is caused to be written for it.
    pub fn fall_silent(&mut self) {
        self.output = mpsc::channel().1;
    }

    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Closes the terminal, as an emulator that is ended. The listener holds it open until something is written,
    /// so something is caused to be.
    pub fn hang_up(&mut self) {
        self.output = mpsc::channel().1;
        self.resize((90, 30));
        self.keyboard = None;
        self.master = None;
    }

    /// Takes in what is written until the screen is as wanted, and whole.
    pub fn until(&mut self, wanted: &str, is_so: impl Fn(&Pty) -> bool) {
        let end = Instant::now() + PATIENCE;
        while self.frame.is_torn || !is_so(self) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => panic!("never came: {wanted}; the screen is\n{}", self.screen()),
            }
        }
    }

    pub fn until_shown(&mut self, texts: &[&str]) {
        self.until(&texts.join(", "), |pty| texts.iter().all(|text| pty.shows(text)));
    }

    /// Takes in what is written for so long.
    pub fn watch(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok(bytes) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.take(&bytes);
        }
    }

    /// The folder in which the program may do as it likes.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    /// The letters on the screen, without trailing blanks.
    pub fn screen(&self) -> String {
        self.model.screen().contents()
    }

    pub fn in_alternate_screen(&self) -> bool {
        self.model.screen().alternate_screen()
    }

    /// What of the mouse the terminal was asked to report.
    pub fn mouse(&self) -> vt100::MouseProtocolMode {
        self.model.screen().mouse_protocol_mode()
    }

    /// All that was written since the last `forget`.
    pub fn written(&self) -> String {
        String::from_utf8_lossy(&self.written).into_owned()
    }

    pub fn forget(&mut self) {
        self.written.clear();
    }

    /// Waits for the end; 128 and more stands for a signal here only if the program said so itself.
    pub fn exit_code(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        let status: ExitStatus = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < end, "it does not end; the screen is\n{}", self.screen());
            // Its last words must not fill the terminal while we wait.
            match self.output.recv_timeout(Duration::from_millis(20)) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => thread::yield_now(),
            }
        };
        self.line_after = self.master.as_deref().map(|master| line(master));
        self.slave = None;
        // The terminal ends with the program that it was made for, and all that was written comes before its end.
        while let Ok(bytes) = self.output.recv_timeout(end.saturating_duration_since(Instant::now())) {
            self.take(&bytes);
        }
        if status.exit_code() == 101 {
            eprintln!("it broke; the screen is\n{}", self.screen());
        }
        status.exit_code()
    }

    /// The terminal is as it was: line, main screen, cursor, modes, and nothing of the console is left.
    pub fn assert_given_back(&self) {
        self.assert_line_given_back();
        let screen = self.model.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert!(!screen.application_cursor() && !screen.application_keypad());
        assert_eq!(self.mouse(), vt100::MouseProtocolMode::None);
        assert_eq!(screen.mouse_protocol_encoding(), vt100::MouseProtocolEncoding::Default);
        assert_eq!((screen.fgcolor(), screen.bold()), (vt100::Color::Default, false));
        assert!(!screen.contents().contains("bunch"));
    }

    /// The line takes and shows keys as it did.
    pub fn assert_line_given_back(&self) {
        assert_eq!(self.line_after.as_ref().expect("it has ended"), &self.line_before);
    }

    fn take(&mut self, bytes: &[u8]) {
        self.frame.take(bytes);
        self.model.process(bytes);
        self.written.extend_from_slice(bytes);
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A test that failed must leave nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pty_size((cols, rows): Size) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn line(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}

fn command(argv: &[&str], home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(argv[0]);
    command.args(&argv[1..]);
    command.env_clear();
    for name in ["HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMUX_TMPDIR"] {
        command.env(name, home);
    }
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    command
}

/// What the program writes, as it comes; ends with the terminal.
fn listen(mut reader: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (sender, output) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 65536];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send(buffer[..count].to_vec()).is_err() {
                break;
            }
        }
    });
    output
}
