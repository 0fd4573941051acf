//! Findings about one operation: fields, rules, steps, links, details, follow-up calls, wishes, examples.

use crate::domain::keyed::Keyed;
use crate::domain::page::{End, Field, FollowUp, LinkSpec, Operation, Page, Rule, Step, Until};

use super::references::Scope;
use super::{Notes, fields};

/// Intents that are the same at every provider.
const WISHES: [&str; 10] =
    ["name", "who", "email", "host", "moderator", "start", "end", "locked", "recording", "people"];

pub fn check(page: &Page, id: &str, operation: &Operation, notes: &mut Notes) {
    let steps: Vec<&str> = operation.steps.iter().map(|step| step.id.as_str()).collect();
    let scope = Scope { page, operation, steps: &steps, details_only: false };
    let first = page.operations.0.first().is_some_and(|(other, _)| other == id);
    group(&scope, &["operation", id, "essentials"], &operation.essentials, first, notes);
    for (title, fields) in &operation.advanced {
        group(&scope, &["operation", id, "advanced", title], fields, first, notes);
    }
    for (index, rule) in operation.rules.iter().enumerate() {
        self::rule(&scope, &["operation", id, "rule", &index.to_string()], rule, notes);
    }
    for (index, step) in operation.steps.iter().enumerate() {
        let earlier = Scope { page, operation, steps: &steps[..index], details_only: false };
        self::step(&earlier, &["operation", id, "step", &index.to_string()], step, notes);
    }
    for (key, link) in &operation.links {
        self::link(&scope, &["operation", id, "link", key], link, notes);
    }
    for (key, detail) in &operation.details {
        let path = ["operation", id, "detail", key];
        scope.text(&path, &detail.value, notes);
        detail.or.iter().for_each(|text| scope.text(&path, text, notes));
        scope.conditions(&path, &detail.when, notes);
        scope.conditions(&path, &detail.host_if, notes);
        ends(&scope, &path, &detail.ends, notes);
    }
    let after = Scope { page, operation, steps: &[], details_only: true };
    for (word, follow) in [("check", &operation.check), ("delete", &operation.delete)] {
        follow.iter().for_each(|follow| follow_up(&after, &["operation", id, word], follow, notes));
    }
    for (word, wish) in &operation.wish {
        let path = ["operation", id, "wish", word];
        if !WISHES.contains(&word.as_str()) {
            notes.error(&path, format!("known wishes are {}", WISHES.join(", ")));
        }
        if wish.field.as_deref().is_some_and(|field| operation.field(field).is_none()) {
            notes.error(&path, "the wish names no field of this operation");
        }
    }
    if operation.links.is_empty() && !operation.details.iter().any(|(_, detail)| detail.copy) {
        notes.error(&["operation", id], "the operation gives neither a link nor a detail to copy");
    }
    if operation.examples.is_empty() {
        notes.warn(&["operation", id], "the operation has no example");
    }
}

fn group(scope: &Scope, path: &[&str], group: &Keyed<Field>, first: bool, notes: &mut Notes) {
    for (index, (name, field)) in group.iter().enumerate() {
        let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
        if group.0[..index].iter().any(|(_, other)| other.label == field.label) {
            notes.error(&path, format!("the label \"{}\" stands in this group already", field.label));
        }
        if scope.operation.fields().filter(|(other, _)| other == name).count() > 1 {
            notes.error(&path, "the field occurs in two groups");
        }
        scope.conditions(&path, &field.when, notes);
        fields::check(scope.operation, &path, name, field, first, notes);
    }
}

fn rule(scope: &Scope, path: &[&str], rule: &Rule, notes: &mut Notes) {
    scope.conditions(path, &rule.when, notes);
    scope.conditions(path, &rule.unless, notes);
    if rule.requires.is_empty() && rule.error.is_none() && rule.warn.is_none() {
        notes.error(path, "a rule requires fields, or has an error or a warning");
    }
    for name in rule.requires.iter().map(String::as_str).chain(rule.fix.keys()) {
        if scope.operation.field(name).is_none() {
            notes.error(path, format!("{name} is no field of this operation"));
        }
    }
}

fn step(scope: &Scope, path: &[&str], step: &Step, notes: &mut Notes) {
    if scope.steps.contains(&step.id.as_str()) {
        notes.error(path, format!("there is a step {} already", step.id));
    }
    if matches!(step.id.as_str(), "setting" | "detail" | "header" | "answer") {
        notes.error(path, "this id means something else in placeholders");
    }
    scope.text(path, &step.call.path, notes);
    scope.conditions(path, &step.when, notes);
    let also = step.also.iter().flat_map(|also| also.body.iter().chain(also.query.iter()));
    for (_, literal) in step.body.iter().flatten().chain(step.query.iter()).chain(also) {
        scope.literal(path, literal, notes);
    }
    for also in step.also.iter() {
        scope.conditions(path, &also.when, notes);
    }
    if step.offline && (step.body.is_some() || step.optional) {
        notes.error(path, "a step that is only signed has no body and cannot fail");
    }
    if step.known_by.as_deref().is_some_and(|field| scope.operation.field(field).is_none()) {
        notes.error(path, "known_by names no field of this operation");
    }
    if !step.offline && scope.steps.is_empty() && step.creates.is_none() {
        notes.error(path, "the first step says what a second sending would do: creates");
    }
}

fn link(scope: &Scope, path: &[&str], link: &LinkSpec, notes: &mut Notes) {
    scope.text(path, &link.url, notes);
    link.person.iter().for_each(|text| scope.text(path, text, notes));
    scope.conditions(path, &link.when, notes);
    scope.conditions(path, &link.host_if, notes);
    ends(scope, path, &link.ends, notes);
    if link.role.as_deref().is_some_and(|role| role != "host") {
        notes.error(path, "the only fixed role is \"host\"");
    }
}

fn ends(scope: &Scope, path: &[&str], ends: &[End], notes: &mut Notes) {
    for end in ends {
        match end {
            End::Hard(until) | End::Soft(until) => self::until(scope, path, until, notes),
            End::Event(event) => scope.text(path, &event.text, notes),
            End::Unknown(_) => {}
        }
    }
}

fn until(scope: &Scope, path: &[&str], until: &Until, notes: &mut Notes) {
    for text in [&until.at, &until.after, &until.or].into_iter().flatten() {
        scope.text(path, text, notes);
    }
    if until.at.is_some() == until.after.is_some() {
        notes.error(path, "an end has either `at` or `after`");
    }
}

fn follow_up(scope: &Scope, path: &[&str], follow: &FollowUp, notes: &mut Notes) {
    scope.text(path, &follow.call.path, notes);
    follow.query.iter().for_each(|(_, literal)| scope.literal(path, literal, notes));
    if path.last() == Some(&"delete") && (follow.gone.is_some() || !follow.show.is_empty()) {
        notes.error(path, "`show` and `gone` are for check");
    }
}
