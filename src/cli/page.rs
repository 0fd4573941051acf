//! A provider's page as text: what a profile holds, what each operation asks for under which wire name, and how the
//! provider says no. Everything here is read off the page.

use crate::domain::literal::Literal;
use crate::domain::moment::Unit;
use crate::domain::page::{ErrorRow, Field, Kind, Operation, Page, Rule, Setting};

pub(super) fn text(page: &Page) -> String {
    let mut lines = vec![
        format!("{} ({})", page.name, page.id),
        page.about.clone(),
        page.docs.clone(),
        String::new(),
        "Settings of a profile".into(),
    ];
    let rows = page.settings.iter().map(|(key, setting)| (key.as_str(), self::setting(setting)));
    lines.extend(table(rows));
    for (id, operation) in &page.operations {
        lines.push(String::new());
        lines.extend(self::operation(id, operation));
    }
    if !page.errors.case.is_empty() {
        lines.push(String::new());
        lines.push("Errors".into());
        lines.extend(page.errors.case.iter().map(error));
    }
    lines.join("\n")
}

fn operation(id: &str, operation: &Operation) -> Vec<String> {
    let mut lines = vec![format!("Operation {id}: {}", operation.label)];
    lines.extend(
        [&operation.help].into_iter().chain(&operation.note).filter(|text| !text.is_empty()).cloned(),
    );
    let section = |title: &str, fields: &mut dyn Iterator<Item = &(String, Field)>| {
        let rows: Vec<_> = fields.map(|(name, one)| (name.as_str(), field(operation, one))).collect();
        let head = (!rows.is_empty()).then(|| format!("  {title}"));
        head.into_iter().chain(table(rows.into_iter())).collect::<Vec<_>>()
    };
    lines.extend(section("Essentials", &mut operation.essentials.iter()));
    for (title, group) in &operation.advanced {
        lines.extend(section(title, &mut group.iter()));
    }
    if !operation.rules.is_empty() {
        lines.push("  Rules".into());
        lines.extend(operation.rules.iter().map(|rule| format!("    {}", self::rule(rule))));
    }
    lines.push("  Links and details".into());
    let links = operation
        .links
        .iter()
        .map(|(id, link)| (id.as_str(), format!("{} ({})", link.label, link.audience.name())));
    let details = operation.details.iter().map(|(id, detail)| (id.as_str(), detail.label.clone()));
    lines.extend(table(links.chain(details)));
    lines
}

/// Names and texts in two columns; a long text goes on below itself.
fn table<'a>(rows: impl Iterator<Item = (&'a str, String)>) -> Vec<String> {
    let rows: Vec<_> = rows.collect();
    let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0).min(34);
    let row = |(name, text): &(&str, String)| format!("    {name:width$}  {text}");
    rows.iter().map(row).collect()
}

pub(super) fn setting(setting: &Setting) -> String {
    let chosen = setting.choices.join(" | ");
    let mut facts = vec![match setting.secret {
        true => "secret".into(),
        false => format!("{} {chosen}", kind(setting.kind, None)).trim_end().to_owned(),
    }];
    if setting.rules.required && setting.default.is_none() {
        facts.push("required".into());
    }
    if !setting.needed_by.is_empty() {
        facts.push(format!("needed by {}", setting.needed_by.join(", ")));
    }
    if let Some(default) = &setting.default {
        facts.push(format!("default {default}"));
    }
    sentence(&setting.label, &facts, &setting.help)
}

fn field(operation: &Operation, field: &Field) -> String {
    let rules = &field.rules;
    let chosen = operation.choices(field).join(" | ");
    let mut facts = vec![format!("{} {chosen}", kind(field.kind, field.unit)).trim_end().to_owned()];
    let mut add = |holds: bool, fact: String| {
        if holds {
            facts.push(fact);
        }
    };
    add(rules.required, "required".into());
    add(field.secret, "secret".into());
    let bound = |literal: &Option<Literal>| literal.as_ref().map(Literal::typed).unwrap_or_default();
    add(rules.min.is_some(), format!("at least {}", bound(&rules.min)));
    add(rules.max.is_some(), format!("at most {}", bound(&rules.max)));
    add(rules.chars.is_some(), format!("of {}", rules.chars.as_deref().unwrap_or_default()));
    add(rules.never.is_some(), format!("never {}", rules.never.as_deref().unwrap_or_default()));
    add(field.null, "or null".into());
    add(field.default.is_some(), format!("default {}", bound(&field.default)));
    add(field.generate.is_some(), format!("default {}", field.generate.as_deref().unwrap_or_default()));
    add(field.unset.is_some(), format!("left out: {}", field.unset_text().unwrap_or_default()));
    sentence(&field.label, &facts, &field.help)
}

fn sentence(label: &str, facts: &[String], help: &str) -> String {
    let help = if help.is_empty() { String::new() } else { format!(". {help}") };
    format!("{label} [{}]{help}", facts.join(", "))
}

fn rule(rule: &Rule) -> String {
    if let Some(text) = rule.error.as_ref().or(rule.warn.as_ref()) {
        return text.clone();
    }
    let about: Vec<_> =
        rule.when.iter().filter_map(|when| when.field.as_deref().or(when.group.as_deref())).collect();
    format!("{} requires {}", about.join(" and "), rule.requires.join(", "))
}

fn error(row: &ErrorRow) -> String {
    let numbers = row.status.iter().map(u16::to_string);
    let marks: Vec<String> = numbers.chain(row.key.iter().chain(row.text.iter()).cloned()).collect();
    let hint = row.hint.as_ref().map(|hint| format!(": {hint}")).unwrap_or_default();
    format!("    {}  {}{hint}", marks.join(" "), row.say)
}

fn kind(kind: Kind, unit: Option<Unit>) -> &'static str {
    match (kind, unit) {
        (Kind::Text, _) => "text",
        (Kind::Lines, _) => "text of several lines",
        (Kind::Integer, _) => "whole number",
        (Kind::Duration, Some(Unit::Minutes)) => "length of time, in minutes",
        (Kind::Duration, _) => "length of time, in seconds",
        (Kind::Switch, _) => "true or false",
        (Kind::Choice, _) => "one of",
        (Kind::Choices, _) => "some of",
        (Kind::List, _) => "list with commas",
        (Kind::Datetime, _) => "date and time",
        (Kind::Url, _) => "address",
        (Kind::Email, _) => "e-mail address",
        (Kind::Json, _) => "JSON",
        (Kind::Pairs, _) => "names and values",
    }
}
