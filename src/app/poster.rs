//! One thing over the whole screen: a link to be selected by hand because no clipboard took it, or because somebody
//! asked for it.

use crate::config::Context;
use crate::domain::clipboard::Care;
use crate::domain::key::Key;
use crate::domain::secret::Secret;

use super::action::Action;
use super::effect::Effect;
use super::layer::Layer;
use super::message::JobId;
use super::model::Model;
use super::said::Said;
use super::want::{Clip, Lack, Want};

/// How a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// To be selected by hand.
    Bare,
    /// To be read by a phone.
    Qr,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poster {
    pub look: Look,
    /// "The guest link of ACME onboarding"
    pub title: String,
    /// Why it is shown, where nobody asked for it.
    pub why: Option<String>,
    pub text: Secret,
    pub care: Care,
}

impl Poster {
    /// What could not be opened.
    pub fn unopened(what: &str, text: Secret, care: Care, why: &str) -> Poster {
        let title = format!("Not opened: {what}");
        Poster { look: Look::Bare, title, why: Some(format!("{why}. Open it by hand.")), text, care }
    }

    /// What could not be copied.
    pub fn instead(what: &str, text: Secret, care: Care, why: &str) -> Poster {
        let title = format!("Not on the clipboard: {what}");
        Poster { look: Look::Bare, title, why: Some(format!("{why}. Select it by hand.")), text, care }
    }
}

/// The guest link of a row alone; of none, only that there is no link.
pub fn show(model: &mut Model, job: Option<JobId>, look: Look) -> Vec<Effect> {
    let row = job.and_then(|job| model.rows.get(job));
    let Some((name, entry)) = row.and_then(|row| Some((row.name.clone(), row.entry()?))) else {
        model.say(Said::plain("There is no link to show yet"));
        return Vec::new();
    };
    match Want::Guest.clip(model, entry) {
        Ok(Clip { what, text, care }) => {
            let title = format!("{} of {name}", what.replacen("the", "The", 1));
            model.open(Layer::Poster(Box::new(Poster { look, title, why: None, text, care })));
            // Drawn whole, so that the terminal sees a long link as one line.
            vec![Effect::Repaint]
        }
        Err(lack) => {
            let has_host = entry.host_link().is_some();
            model.say(match lack {
                Lack::Over => Said::warn("This link is over and not kept any more"),
                _ if has_host => {
                    Said::warn("This is a host link: not shown").hint(Action::CopyHost, "copies it")
                }
                _ => Said::plain("This entry has no link"),
            });
            Vec::new()
        }
    }
}

pub fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    if model.keys.lookup(Context::Poster, key).is_some_and(|(action, _)| action == Action::ClosePoster) {
        model.close();
    }
    Vec::new()
}
