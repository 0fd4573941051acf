//! The messages of the console: the templates at hand, which of them a profile used last, the preview in the details,
//! and the keys that copy one or choose another. The text itself is written by `crate::domain::message`.

use crate::config::TemplateText;
use crate::domain::entry::Entry;
use crate::domain::entry_json::Reveal;
use crate::domain::message::{For, Here, Message, Refusal, Subject, Template};
use crate::domain::page::Means;
use crate::domain::text::DisplayText;

use super::copy;
use super::effect::Effect;
use super::habits::Habit;
use super::layer::Layer;
use super::many::{Kind, Many};
use super::marks;
use super::message::JobId;
use super::model::Model;
use super::picker::{Choosing, Picker};
use super::row::Arm;
use super::said::Said;
use super::want::Want;

/// The templates, and the one each profile used last.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    templates: Vec<Template>,
    /// Profile and template.
    chosen: Vec<(String, String)>,
    /// As they can be edited.
    texts: Vec<TemplateText>,
    /// The one that is in the editor.
    edited: Option<(String, String)>,
    /// What editors left and could not be used: name and text.
    left: Vec<(String, String)>,
}

impl Texts {
    /// The first one for guests is what a profile begins with.
    pub fn new(templates: Vec<Template>) -> Texts {
        Texts { templates, ..Texts::default() }
    }

    /// The same with the texts an editor gets.
    pub fn with_texts(self, texts: Vec<TemplateText>) -> Texts {
        Texts { texts, ..self }
    }

    /// These templates under the habits of this run.
    pub fn renewed(self, fresh: Texts) -> Texts {
        Texts { chosen: self.chosen, edited: self.edited, left: self.left, ..fresh }
    }

    /// The text for the editor; the error names the file it stands in instead.
    pub(super) fn begin_edit(&mut self, name: &str) -> Result<String, String> {
        let known = self.texts.iter().find(|known| known.name == name);
        if let Some(file) = known.and_then(|known| known.elsewhere.as_ref()) {
            return Err(DisplayText::line(file).into());
        }
        let known = known.map(|known| known.text.clone()).unwrap_or_default();
        self.edited = Some((name.to_owned(), known.clone()));
        let left = self.left.iter().find(|(of, _)| of == name).map(|(_, text)| text.clone());
        Ok(left.unwrap_or(known))
    }

    pub fn is_edited(&self) -> bool {
        self.edited.is_some()
    }

    /// The editor has ended: the name, and the text as it was before.
    pub(super) fn end_edit(&mut self) -> Option<(String, String)> {
        self.edited.take()
    }

    /// Keeps what cannot be used yet, or forgets it.
    pub(super) fn leave(&mut self, name: &str, text: Option<String>) {
        self.left.retain(|(of, _)| of != name);
        self.left.extend(text.map(|text| (name.to_owned(), text)));
    }

    /// Takes a template over.
    pub(super) fn put(&mut self, template: Template, text: &str) {
        let name = template.name.clone();
        self.leave(&name, None);
        match self.templates.iter_mut().find(|known| known.name == name) {
            Some(known) => *known = template,
            None => self.templates.push(template),
        }
        self.texts.retain(|known| known.name != name);
        self.texts.push(TemplateText { name, text: text.to_owned(), elsewhere: None });
    }

    pub fn all(&self) -> &[Template] {
        &self.templates
    }

    pub fn get(&self, name: &str) -> Option<&Template> {
        self.templates.iter().find(|template| template.name == name)
    }

    /// What `m` uses with a profile: a template for guests, always.
    pub fn of(&self, profile: &str) -> Option<&Template> {
        let chosen = self.chosen.iter().find(|(known, _)| known == profile).map(|(_, name)| name.as_str());
        let for_guests = |template: &&Template| template.audience() == For::Guest;
        chosen
            .and_then(|name| self.get(name))
            .filter(for_guests)
            .or_else(|| self.templates.iter().find(for_guests))
    }

    /// Remembers a choice. One for hosts or for many is good for once: the next customer shall not get it by habit.
    fn choose(&mut self, profile: &str, name: &str) -> Option<Habit> {
        let known = self.get(name).filter(|template| template.audience() == For::Guest)?;
        let habit = Habit { profile: profile.to_owned(), template: known.name.clone() };
        self.chosen.retain(|(known, _)| known != profile);
        self.chosen.push((habit.profile.clone(), habit.template.clone()));
        Some(habit)
    }

    /// Takes over the habits of earlier runs, under what this one has chosen since. Only a template for guests is one,
    /// whatever the file says.
    pub fn remember(&mut self, habits: Vec<Habit>) {
        for Habit { profile, template } in habits {
            let for_guests = self.get(&template).is_some_and(|known| known.audience() == For::Guest);
            if for_guests && !self.chosen.iter().any(|(known, _)| *known == profile) {
                self.chosen.push((profile, template));
            }
        }
    }
}

/// Writes the message about an entry; a roster is about all entries of its ticket.
pub fn write(model: &Model, entry: &Entry, template: &Template, reveal: Reveal) -> Result<Message, Refusal> {
    let here = Here { now: model.now, zone: &model.zone, agent: &model.agent };
    if template.audience() != For::Roster {
        let means = model.book.means(&entry.provider, &entry.operation);
        return template.write(&[Subject { entry, means: &means }], &here, reveal);
    }
    let ticket = entry.asked.ticket.as_deref().filter(|ticket| !ticket.is_empty());
    let same = |other: &&Entry| {
        other.id == entry.id || (ticket.is_some() && other.asked.ticket.as_deref() == ticket)
    };
    let mut entries: Vec<&Entry> = model.rows.iter().filter_map(|row| row.entry()).filter(same).collect();
    entries.reverse();
    write_all(model, &entries, template, reveal)
}

/// Writes one message about all of these entries.
pub fn write_all(
    model: &Model,
    entries: &[&Entry],
    template: &Template,
    reveal: Reveal,
) -> Result<Message, Refusal> {
    let here = Here { now: model.now, zone: &model.zone, agent: &model.agent };
    let means = entries.iter().map(|entry| model.book.means(&entry.provider, &entry.operation));
    let means: Vec<Vec<(String, Means)>> = means.collect();
    let of: Vec<Subject> =
        entries.iter().zip(&means).map(|(entry, means)| Subject { entry, means }).collect();
    template.write(&of, &here, reveal)
}

/// The first template that tells of several at once.
pub(super) fn roster(model: &Model) -> Option<String> {
    let first = model.texts.all().iter().find(|template| template.audience() == For::Roster);
    first.map(|template| template.name.clone())
}

/// The message `m` would copy, as the details show it: the template's name and the text. Nothing where there is none.
pub fn preview(model: &Model, job: JobId, entry: &Entry) -> Option<(DisplayText, String)> {
    let template = model.texts.of(&entry.profile)?;
    let reveal = if model.reveals(job) { Reveal::Full } else { Reveal::Masked };
    let message = write(model, entry, template, reveal).ok()?;
    let text = DisplayText::detail(&message.preview()).into();
    Some((DisplayText::line(&template.name), text))
}

/// `m`: copies the message of the profile's template, or arms the row.
pub fn copy(model: &mut Model, job: Option<JobId>) -> Vec<Effect> {
    let Some(row) = job.and_then(|job| model.rows.get(job)) else {
        model.say(model.nothing_here());
        return Vec::new();
    };
    let (job, profile) = match (row.entry(), row.running()) {
        (Some(entry), _) => (row.job, entry.profile.clone()),
        (None, _) => return copy::arm(model, row.job, Arm::Message),
    };
    match model.texts.of(&profile).map(|template| template.name.clone()) {
        Some(name) => copy::want(model, job, &Want::Message(name)),
        None => {
            model.say(Said::warn("There is no template for guests"));
            Vec::new()
        }
    }
}

/// `M`: the list of templates.
pub fn choose(model: &mut Model, job: Option<JobId>) {
    let Some(row) = job.and_then(|job| model.rows.get(job)) else {
        return model.say(model.nothing_here());
    };
    let (job, profile) = (row.job, row.profile.clone());
    let now = model.texts.of(profile.as_str()).map(|template| template.name.as_str());
    let marked = model.texts.all().iter().position(|template| Some(template.name.as_str()) == now);
    let picker = Picker::new(Choosing::Template(job), choices(&model.texts, false), marked.unwrap_or(0));
    model.open(Layer::Picker(picker));
}

/// `M` with several marked rows.
pub fn choose_for_many(model: &mut Model) {
    let roster = model.texts.all().iter().position(|template| template.audience() == For::Roster);
    let picker = Picker::new(Choosing::TemplateForMany, choices(&model.texts, true), roster.unwrap_or(0));
    model.open(Layer::Picker(picker));
}

/// A template was chosen for all that is marked.
pub fn chosen_for_many(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(template) = model.texts.all().get(index) else { return Vec::new() };
    if template.audience() == For::Host {
        model.say(Said::warn("Host links are copied one by one: Esc takes the marks away"));
        return Vec::new();
    }
    let kind = Kind::Message(template.name.clone());
    let jobs = marks::meant(model);
    marks::many(model, Many { jobs, kind })
}

fn choices(texts: &Texts, many: bool) -> Vec<(DisplayText, String)> {
    let choice = |template: &Template| {
        let whom = match template.audience() {
            For::Guest => "for guests",
            For::Host => "for HOSTS",
            For::Roster if many => "one block for all that is marked",
            For::Roster => "one block for each of the ticket",
        };
        let zone = template.zone.as_ref().and_then(|zone| zone.iana_name()).unwrap_or_default();
        let words = [whom, template.format.name(), template.lang.as_str(), zone];
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        (DisplayText::line(&template.name), String::from(DisplayText::line(&words.join(" · "))))
    };
    texts.all().iter().map(choice).collect()
}

/// The list of templates follows a change of them; the same one stays marked.
pub fn refresh_choices(model: &mut Model) {
    let lists = model.layers.iter_mut().filter_map(|layer| match layer {
        Layer::Picker(picker) if picker.choosing.is_template() => Some(picker),
        _ => None,
    });
    for picker in lists {
        picker.offer(choices(&model.texts, picker.choosing == Choosing::TemplateForMany));
    }
}

/// A template was chosen for a row: its message is copied, or armed where it is still being created.
pub fn chosen(model: &mut Model, job: JobId, index: usize) -> Vec<Effect> {
    let Some(template) = model.texts.all().get(index) else { return Vec::new() };
    let (name, audience) = (template.name.clone(), template.audience());
    let Some(row) = model.rows.get(job) else { return Vec::new() };
    let profile = match (row.entry(), row.running()) {
        (Some(entry), _) => entry.profile.clone(),
        (None, Some(running)) => running.plan.profile.clone(),
        (None, None) => return Vec::new(),
    };
    let habit = model.texts.choose(&profile, &name).filter(|_| !model.demo);
    let mut effects: Vec<Effect> = habit.map(Effect::KeepHabit).into_iter().collect();
    effects.extend(copy_chosen(model, job, name, audience));
    effects
}

fn copy_chosen(model: &mut Model, job: JobId, name: String, audience: For) -> Vec<Effect> {
    match model.rows.get(job).and_then(|row| row.running()).map(|running| running.armed) {
        None => copy::want(model, job, &Want::Message(name)),
        Some(_) if audience != For::Guest => {
            model.say(Said::warn(format!("{name} can be copied once the links are there")));
            Vec::new()
        }
        Some(Some(Arm::Message)) => Vec::new(),
        Some(_) => copy::arm(model, job, Arm::Message),
    }
}
