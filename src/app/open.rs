//! Opening a link in the browser, on a key that says so and never by itself. Opening uses one-time links up and lets
//! somebody in, so whatever is odd is asked about; where there is no browser the link is shown.

use crate::domain::link::{Audience, Reuse};

use super::action::Action;
use super::dialog::{Dialog, Then};
use super::effect::Effect;
use super::layer::Layer;
use super::message::JobId;
use super::model::Model;
use super::poster::Poster;
use super::said::Said;
use super::want::{Clip, Want};

/// `o` and `O`: the guest link or the host link of the selected row.
pub fn selected(model: &mut Model, want: Want) -> Vec<Effect> {
    let Some((job, entry)) = model.rows.selected().and_then(|row| Some((row.job, row.entry()?))) else {
        model.say(Said::plain("There is no link to open yet"));
        return Vec::new();
    };
    if want.clip(model, entry).is_err() {
        let said = match (&want, entry.guest_link(), entry.host_link()) {
            (Want::Guest, Some(_), _) | (Want::Host, _, Some(_)) => {
                Said::warn("This link is over and not kept any more")
            }
            (Want::Guest, None, Some(_)) => {
                Said::warn("This is a host link: not opened").hint(Action::OpenHost, "opens it")
            }
            (Want::Host, _, None) => Said::plain("This entry has no host link"),
            _ => Said::plain("This entry has no link"),
        };
        model.say(said);
        return Vec::new();
    }
    let once = want.link(model, entry).is_some_and(|link| link.reuse == Reuse::Once);
    let line = match once && !want.link(model, entry).is_some_and(|link| entry.is_over(link, model.now)) {
        true => Some("This link works once: opening it uses it up.".to_owned()),
        false => want.doubt(model, entry),
    };
    let Some(line) = line else { return go(model, job, want) };
    let lines = vec![line, "Open it?".into()];
    let then = Then::Open { job, want };
    model.open(Layer::Dialog(Box::new(Dialog::new("Open", lines, "Cancel", "Open it", then))));
    Vec::new()
}

/// Opens it, without asking any more.
pub fn go(model: &mut Model, job: JobId, want: Want) -> Vec<Effect> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    let Ok(Clip { text, .. }) = want.clip(model, entry) else { return Vec::new() };
    vec![Effect::Open { job, want, url: text }]
}

/// It was handed to a browser; where there is none the link is shown.
pub fn opened(model: &mut Model, job: JobId, want: &Want, result: Result<String, String>) -> Vec<Effect> {
    let Some(entry) = model.rows.get(job).and_then(|row| row.entry()) else { return Vec::new() };
    let Ok(Clip { what, text, care }) = want.clip(model, entry) else { return Vec::new() };
    match result {
        Ok(browser) => {
            let host = want.link(model, entry).is_some_and(|link| link.audience == Audience::Host);
            let aside = if host { format!("{browser} · you enter as host") } else { browser };
            model.say(Said::good(format!("Opened {what}")).aside(aside));
            Vec::new()
        }
        Err(why) => {
            model.open(Layer::Poster(Box::new(Poster::unopened(&what, text, care, &why))));
            vec![Effect::Repaint]
        }
    }
}
