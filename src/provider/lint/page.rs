//! Findings about a page as a whole: its settings, its schemes, its error rows.

use crate::domain::page::{Auth, Page, Scheme};
use crate::provider::placeholder::{Reference, Template};

use super::Notes;

pub fn check(page: &Page, notes: &mut Notes) {
    if page.id.is_empty()
        || !page.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    {
        notes.error(&["id"], "an id is made of a–z, 0–9 and -");
    }
    if page.operations.is_empty() {
        notes.error(&["id"], "a provider needs an operation");
    }
    if page.settings.get("base_url").is_none() {
        notes.error(&["settings"], "the setting base_url is missing");
    }
    settings(page, notes);
    for (index, (scheme, auth)) in page.auth.iter().enumerate() {
        self::auth(page, *scheme, auth, index, notes);
    }
    errors(page, notes);
}

fn settings(page: &Page, notes: &mut Notes) {
    for (key, setting) in &page.settings {
        let path = ["settings", key.as_str()];
        if setting.secret && !page.auth.iter().any(|(_, auth)| auth.secret == *key) {
            notes.error(&path, "no auth uses this secret");
        }
        if let Some(default) = setting.default.as_deref() {
            let known = setting.choices.is_empty() || setting.choices.iter().any(|choice| choice == default);
            if !known {
                notes.error(&path, "the default is not one of the choices");
            }
            if setting.secret {
                notes.error(&path, "a secret has no default");
            }
            for reference in references(default) {
                match reference {
                    Reference::Setting(other) if page.settings.get(&other).is_some_and(|s| !s.secret) => {}
                    _ => notes.error(&path, "a default may use other settings only, and no secret"),
                }
            }
        }
        for operation in setting.needed_by.iter().filter(|id| page.operation(id).is_none()) {
            notes.error(&path, format!("needed_by names {operation}, which is no operation"));
        }
    }
}

fn references(text: &str) -> Vec<Reference> {
    Template::parse(text).map(|template| template.references().cloned().collect()).unwrap_or_default()
}

fn auth(page: &Page, scheme: Scheme, auth: &Auth, index: usize, notes: &mut Notes) {
    let word = match scheme {
        Scheme::Bearer => "bearer",
        Scheme::Header => "header",
        Scheme::Query => "query",
        Scheme::Cookie => "cookie",
        Scheme::BbbChecksum => "bbb-checksum",
    };
    let path = ["auth", word];
    if !page.settings.get(&auth.secret).is_some_and(|setting| setting.secret) {
        notes.error(&path, format!("{} is not a secret setting", auth.secret));
    }
    if matches!(scheme, Scheme::Header | Scheme::Query) && auth.name.is_none() {
        notes.error(&path, "the name of the header or parameter is missing");
    }
    let hash = auth.hash.as_deref().and_then(|hash| page.settings.get(hash));
    if scheme == Scheme::BbbChecksum && hash.is_none_or(|setting| setting.choices.is_empty()) {
        notes.error(&path, "hash must name a setting with choices");
    }
    for operation in auth.only.iter().filter(|id| page.operation(id).is_none()) {
        notes.error(&path, format!("only names {operation}, which is no operation"));
    }
    if page.auth.0[..index].iter().any(|(_, other)| other.when.is_empty() && other.only.is_empty()) {
        notes.error(&path, "an earlier scheme always holds; this one is never used");
    }
}

fn errors(page: &Page, notes: &mut Notes) {
    for (index, row) in page.errors.case.iter().enumerate() {
        let index = index.to_string();
        let path = ["errors", "case", index.as_str()];
        let tests = !row.status.is_empty() || !row.key.is_empty() || !row.text.is_empty();
        if !(tests || row.header.is_some() || row.answer.is_some()) {
            notes.error(&path, "the row tests nothing");
        }
        if !row.key.is_empty() && page.errors.key.is_empty() {
            notes.error(&path, "`errors.key` does not say where the vendor's key stands");
        }
        if !row.text.is_empty() && page.errors.text.is_empty() {
            notes.error(&path, "`errors.text` does not say where the vendor's words stand");
        }
        if row.hint.is_none() && row.wait.is_none() {
            notes.warn(&path, "the row names no next step");
        }
        for text in
            [Some(&row.say), row.hint.as_ref(), row.wait.as_ref(), row.or_wait.as_ref()].into_iter().flatten()
        {
            if let Err(reason) = Template::parse(text) {
                notes.error(&path, reason);
            }
            for reference in references(text) {
                let secret = matches!(&reference, Reference::Setting(key) if page.settings.get(key).is_none_or(|s| s.secret));
                if secret {
                    notes.error(&path, "an error row may not show a secret");
                }
            }
        }
        if let Some(field) = row.field.as_deref()
            && !page.operations.iter().any(|(_, operation)| operation.field(field).is_some())
        {
            notes.error(&path, format!("{field} is no field"));
        }
    }
}
