//! What lies over the list, the topmost last: a form, the details over the whole screen, a list of choices, the
//! request log, the help, a question. Only the topmost one gets keys.

use crate::config::Context;

use super::dialog::Dialog;
use super::form::Form;
use super::message::JobId;
use super::palette::Palette;
use super::picker::Picker;
use super::poster::Poster;
use super::presets::Presets;
use super::ticket::Ticket;

#[derive(Debug)]
pub enum Layer {
    Form(Box<Form>),
    /// The filter is being typed.
    Filter,
    /// The ticket of entries is being typed.
    Ticket(Box<Ticket>),
    /// Details of the selected entry: over the whole screen, or in their pane where there is one.
    Details {
        scroll: usize,
        whole: bool,
    },
    Picker(Picker),
    Palette(Box<Palette>),
    /// The request log; the number of the marked one.
    Requests {
        marked: u64,
    },
    /// One request of the log, by its number.
    Request {
        of: u64,
        scroll: usize,
    },
    Help {
        scroll: usize,
    },
    /// Many people at once; what they are stands in the model.
    People,
    /// The presets of the form below.
    Presets(Box<Presets>),
    Dialog(Box<Dialog>),
    /// What can be copied of a row.
    Menu(JobId),
    /// One thing over the whole screen.
    Poster(Box<Poster>),
}

impl Layer {
    pub fn context(&self) -> Context {
        match self {
            Layer::Form(form) if form.is_picking() => Context::Picker,
            Layer::Form(_) => Context::Form,
            Layer::Filter => Context::Filter,
            Layer::Ticket(_) => Context::Ticket,
            Layer::Details { .. } => Context::Details,
            Layer::Picker(_) | Layer::Palette(_) => Context::Picker,
            Layer::Requests { .. } => Context::Requests,
            Layer::Request { .. } => Context::Request,
            Layer::Presets(open) => open.context(),
            // Where people are being typed the model knows.
            Layer::People => Context::People,
            Layer::Help { .. } => Context::Help,
            Layer::Dialog(_) => Context::Dialog,
            Layer::Menu(_) => Context::Menu,
            Layer::Poster(_) => Context::Poster,
        }
    }
}
