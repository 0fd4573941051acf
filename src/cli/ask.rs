//! Asking on the terminal. An answer is awaited together with INT, TERM and HUP, so that a question can be left by
//! Ctrl-C with everything tidied up; without somebody to answer nothing is asked at all.

use std::sync::mpsc::{self, Receiver, Sender};

use zeroize::Zeroizing;

use crate::domain::secret::Secret;
use crate::error::{Error, Result};
use crate::ports::prompt;

use super::signals;
use super::streams::Streams;

/// Why a question got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// Of this number.
    Signal(u8),
    /// The input has ended, by Ctrl-D for one.
    Ended,
}

impl Stop {
    /// Whoever ends the questions has decided for nothing.
    pub fn exit_code(self) -> u8 {
        match self {
            Stop::Signal(number) => 128 + number,
            Stop::Ended => 0,
        }
    }
}

enum Heard {
    Line(Option<Zeroizing<String>>),
    Signal(u8),
}

/// Somebody who can be asked.
pub(super) struct Asking {
    tell: Sender<Heard>,
    heard: Receiver<Heard>,
}

const INT: u8 = 2;

impl Asking {
    /// A usage error where nobody is there: `instead` says what to do then.
    pub fn begin(instead: &str) -> Result<Asking> {
        if !prompt::is_possible() {
            return Err(Error::usage("this asks on a terminal, and there is none").hint(instead));
        }
        let (tell, heard) = mpsc::channel();
        let ring = tell.clone();
        let watching = signals::watch(move |signal| ring.send(Heard::Signal(signal)).unwrap_or_default());
        watching.map_err(|_| Error::other("could not listen for signals"))?;
        Ok(Asking { tell, heard })
    }

    /// What is typed, without white space around it.
    pub fn line(&self, question: &str, io: &mut Streams) -> Result<String, Stop> {
        io.ask(question);
        self.answer(prompt::line).map(|line| line.trim().to_owned())
    }

    /// The same with what is typed not shown; not asked at all where the terminal cannot hide it.
    pub fn unseen(&self, question: &str, io: &mut Streams) -> Result<Secret, Stop> {
        // Before the question is seen: whoever answers at once must not be seen either.
        let hidden = prompt::Unseen::begin().map_err(|_| Stop::Ended)?;
        io.ask(question);
        let answer = self.answer(prompt::unseen);
        drop(hidden);
        io.ask("\n");
        answer.map(|line| Secret::new(line.trim()))
    }

    /// One of these letters; asks again until it is.
    pub fn letter(&self, question: &str, choices: &[(char, &str)], io: &mut Streams) -> Result<char, Stop> {
        let told: Vec<String> = choices.iter().map(|(letter, what)| format!("{letter} {what}")).collect();
        loop {
            let answer = self.line(&format!("{question} ({}) ", told.join(", ")), io)?;
            let mut letters = answer.chars().flat_map(char::to_lowercase);
            let known = letters.next().filter(|letter| choices.iter().any(|(known, _)| known == letter));
            if let (Some(letter), None) = (known, letters.next()) {
                return Ok(letter);
            }
        }
    }

    /// Lends the terminal to another program. Ctrl-C in it is not meant for us, the end of the session is.
    pub fn lend<T>(&self, act: impl FnOnce() -> T) -> Result<T, Stop> {
        let done = act();
        while let Ok(heard) = self.heard.try_recv() {
            if let Heard::Signal(signal) = heard
                && signal != INT
            {
                return Err(Stop::Signal(signal));
            }
        }
        Ok(done)
    }

    /// Waits for a line, on a thread of its own: whoever reads cannot be stopped, and a signal must be.
    fn answer(
        &self,
        read: fn() -> std::io::Result<Option<Zeroizing<String>>>,
    ) -> Result<Zeroizing<String>, Stop> {
        let tell = self.tell.clone();
        std::thread::spawn(move || tell.send(Heard::Line(read().unwrap_or_default())));
        match self.heard.recv() {
            Ok(Heard::Line(Some(line))) => Ok(line),
            Ok(Heard::Line(None)) | Err(_) => Err(Stop::Ended),
            Ok(Heard::Signal(signal)) => Err(Stop::Signal(signal)),
        }
    }
}
