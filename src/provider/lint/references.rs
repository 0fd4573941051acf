//! Do placeholders and conditions lead anywhere?

use crate::domain::literal::Literal;
use crate::domain::page::{Condition, Operation, Page, When};
use crate::provider::placeholder::{Reference, Template};

use super::Notes;

/// What may be pointed at from a place in an operation.
pub struct Scope<'a> {
    pub page: &'a Page,
    pub operation: &'a Operation,
    /// Steps that come before; links and details see all of them.
    pub steps: &'a [&'a str],
    /// Details, for calls about an existing entry, which see nothing else.
    pub details_only: bool,
}

impl Scope<'_> {
    pub fn text(&self, path: &[&str], text: &str, notes: &mut Notes) {
        match Template::parse(text) {
            Err(reason) => notes.error(path, reason),
            Ok(template) => {
                for reference in template.references() {
                    if let Some(reason) = self.lost(reference) {
                        notes.error(path, reason);
                    }
                }
            }
        }
    }

    pub fn literal(&self, path: &[&str], literal: &Literal, notes: &mut Notes) {
        match literal {
            Literal::Text(text) => self.text(path, text, notes),
            Literal::List(items) => items.iter().for_each(|item| self.literal(path, item, notes)),
            Literal::Table(table) => table.iter().for_each(|(_, value)| self.literal(path, value, notes)),
            Literal::Bool(_) | Literal::Int(_) => {}
        }
    }

    fn lost(&self, reference: &Reference) -> Option<String> {
        let secret = |key: &str| self.page.settings.get(key).is_none_or(|setting| setting.secret);
        let step = |id: &str| !self.steps.contains(&id);
        match reference {
            Reference::Setting(key) => secret(key).then(|| format!("{key} is no setting that may be shown")),
            Reference::Detail(key) if self.operation.details.get(key).is_none() => {
                Some(format!("{key} is no detail"))
            }
            Reference::Detail(_) => (!self.details_only).then(|| "details are for check and delete".into()),
            _ if self.details_only => Some("only details and settings may be used here".into()),
            Reference::Field(name) if matches!(name.as_str(), "profile" | "agent") => None,
            Reference::Field(name) => {
                self.operation.field(name).is_none().then(|| format!("{name} is no field of this operation"))
            }
            Reference::Answer(id, _) => step(id).then(|| format!("{id} is no step before this place")),
            Reference::Url(id) => {
                let offline = self.operation.step(id).is_some_and(|step| step.offline);
                (step(id) || !offline).then(|| format!("{id} is no offline step before this place"))
            }
            Reference::Header(_) | Reference::Here(_) => Some("this reference is for error rows".into()),
        }
    }

    pub fn conditions(&self, path: &[&str], when: &When, notes: &mut Notes) {
        for condition in when.iter() {
            if let Some(reason) = self.condition(condition) {
                notes.error(path, reason);
            }
        }
    }

    fn condition(&self, condition: &Condition) -> Option<String> {
        let subjects = [
            condition.field.is_some(),
            !condition.any.is_empty(),
            condition.group.is_some(),
            condition.setting.is_some(),
            condition.step.is_some(),
        ];
        if subjects.iter().filter(|there| **there).count() != 1 {
            return Some("a condition asks about one of field, any, group, setting or step".into());
        }
        let fields = condition.field.iter().chain(&condition.any).chain(&condition.from);
        if let Some(name) = fields.into_iter().find(|name| self.operation.field(name).is_none()) {
            return Some(format!("{name} is no field of this operation"));
        }
        if let Some(group) =
            condition.group.as_deref().filter(|group| self.operation.advanced.get(group).is_none())
        {
            return Some(format!("{group} is no group of this operation"));
        }
        if let Some(key) = condition.setting.as_deref().filter(|key| self.page.settings.get(key).is_none()) {
            return Some(format!("{key} is no setting"));
        }
        if let Some(id) = condition.step.as_deref() {
            if !self.steps.contains(&id) {
                return Some(format!("{id} is no step before this place"));
            }
            if condition.at.is_none() {
                return Some("a condition on a step says where in its answer: at".into());
            }
        }
        let tests = condition.is.is_some() || condition.not.is_some() || condition.has.is_some();
        let tests = tests || condition.set.is_some() || condition.from.is_some() || condition.group.is_some();
        (!tests).then(|| "a condition needs a test: is, not, has, set or from".into())
    }
}
