//! Misbehaviour on order. A fault says for which provider, for which requests and how often, whether the answer
//! waits, and what then becomes of it; the server asks here once per request.

use std::time::Duration;

use tokio::sync::watch;

use super::hostile;
use super::wire::Answer;

/// What happens to one answer. Unless it says otherwise, the service has done its work before.
#[derive(Clone, Debug)]
pub enum Act {
    /// The true answer, after the waits of the fault.
    Pass,
    /// The request is read and nothing is ever said.
    Silence,
    /// This answer instead; the service never sees the request.
    Answer { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    /// These bytes instead of an answer, then the end of the connection; the service never sees the request.
    Raw(Vec<u8>),
    /// The connection is closed before the service sees the request.
    CutBefore,
    /// The connection is closed without an answer, the room exists.
    CutAfter,
    /// The head promises the whole body, of which only so many bytes follow.
    CutBody(usize),
    /// The connection is reset without an answer.
    Reset { made: bool },
    /// The body comes in single bytes with this pause between them.
    Drip(Duration),
    /// The true body after so many bytes of white space.
    Huge(usize),
    /// A redirect to this address; the service never sees the request.
    Redirect { status: u16, to: String },
    /// The true body under this Content-Type.
    Type(String),
    /// This text in every string of the answer; the links stay as they are unless `links` is set.
    Hostile { text: String, links: bool },
}

impl Act {
    /// Whether the service does its work at all.
    pub(super) fn makes(&self) -> bool {
        match self {
            Act::Answer { .. } | Act::Raw(_) | Act::CutBefore | Act::Redirect { .. } => false,
            Act::Reset { made } => *made,
            _ => true,
        }
    }
}

/// An order to misbehave, for one request unless told otherwise.
#[derive(Clone, Debug)]
pub struct Fault {
    provider: String,
    part: String,
    left: usize,
    delay: Duration,
    gate: Option<Gate>,
    act: Act,
}

impl Fault {
    /// The next request to `provider` ends like this.
    pub fn new(provider: &str, act: Act) -> Fault {
        let (provider, part) = (provider.to_owned(), String::new());
        Fault { provider, part, left: 1, delay: Duration::ZERO, gate: None, act }
    }

    /// Only requests whose `METHOD /path?query` contains this text.
    pub fn path(mut self, part: &str) -> Fault {
        self.part = part.to_owned();
        self
    }

    /// For the next so many matching requests.
    pub fn times(mut self, times: usize) -> Fault {
        self.left = times;
        self
    }

    /// The answer waits this long; the room exists meanwhile.
    pub fn delay(mut self, delay: Duration) -> Fault {
        self.delay = delay;
        self
    }

    /// The answer waits until the gate is opened; the room exists meanwhile.
    pub fn hold(mut self, gate: &Gate) -> Fault {
        self.gate = Some(gate.clone());
        self
    }
}

/// Takes the first order that fits a request out of the list, or one from its number.
pub(super) fn take(orders: &mut Vec<Fault>, provider: &str, line: &str) -> Option<Order> {
    let fits = |fault: &Fault| fault.left > 0 && fault.provider == provider && line.contains(&fault.part);
    let index = orders.iter().position(fits)?;
    let fault = &mut orders[index];
    fault.left -= 1;
    let order = Order { delay: fault.delay, gate: fault.gate.clone(), act: fault.act.clone() };
    orders.retain(|fault| fault.left > 0);
    Some(order)
}

/// A fault as it befalls one request.
pub(super) struct Order {
    delay: Duration,
    gate: Option<Gate>,
    pub act: Act,
}

impl Order {
    pub(super) async fn wait(&self) {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        if let Some(gate) = &self.gate {
            gate.passed().await;
        }
    }

    /// What goes on the wire in place of `answer`.
    pub(super) fn finish(self, answer: Answer) -> Finish {
        match self.act {
            Act::Pass => Finish::Answer(answer),
            Act::Silence => Finish::Silence,
            Act::Answer { status, headers, body } => Finish::Answer(Answer { status, headers, body }),
            Act::Redirect { status, to } => Finish::Answer(Answer::redirect(status, &to)),
            Act::Type(kind) => Finish::Answer(answer.with("content-type", &kind)),
            Act::Hostile { text, links } => Finish::Answer(hostile::spoil(answer, &text, links)),
            Act::Huge(bytes) => Finish::Answer(padded(answer, bytes)),
            Act::Raw(bytes) => Finish::Tear(Tear { head: bytes, ..Tear::default() }),
            Act::CutBefore | Act::CutAfter => Finish::Tear(Tear::default()),
            Act::Reset { .. } => Finish::Tear(Tear { reset: true, ..Tear::default() }),
            Act::CutBody(kept) => {
                let mut head = answer.bytes();
                head.truncate(head.len() - answer.body.len() + kept.min(answer.body.len()));
                Finish::Tear(Tear { head, ..Tear::default() })
            }
            Act::Drip(pause) => {
                let mut head = answer.bytes();
                let tail = head.split_off(head.len() - answer.body.len());
                Finish::Tear(Tear { head, tail, pause, reset: false })
            }
        }
    }
}

fn padded(mut answer: Answer, bytes: usize) -> Answer {
    let mut body = vec![b' '; bytes];
    body.append(&mut answer.body);
    answer.body = body;
    answer
}

/// How a request ends on the wire.
pub(super) enum Finish {
    Answer(Answer),
    Silence,
    Tear(Tear),
}

/// An ending outside HTTP: bytes, perhaps slowly more bytes, and the end of the connection.
#[derive(Default)]
pub(super) struct Tear {
    pub head: Vec<u8>,
    pub tail: Vec<u8>,
    pub pause: Duration,
    pub reset: bool,
}

/// A gate that holds answers back until a test opens it. Clones are the same gate; an opened one stays open.
#[derive(Clone, Debug)]
pub struct Gate(watch::Sender<bool>);

impl Gate {
    /// A closed gate.
    #[expect(clippy::new_without_default, reason = "a gate is closed on purpose, not by default")]
    pub fn new() -> Gate {
        Gate(watch::Sender::new(false))
    }

    /// Lets everything through, now and from now on.
    pub fn release(&self) {
        self.0.send_replace(true);
    }

    async fn passed(&self) {
        // the sender lives in `self`, so the wait can only end by an opened gate
        let _ = self.0.subscribe().wait_for(|open| *open).await;
    }
}
