//! `roomkey providers`: the catalogue, one provider in full, and the check of a page somebody writes.

use std::path::Path;

use serde_json::{Value, json};

use crate::domain::entry_json::printed;
use crate::domain::nearest::nearest;
use crate::error::{Error, Result};
use crate::ports::paths;
use crate::provider::catalog::Catalog;
use crate::provider::lint::lint;
use crate::provider::load;
use crate::provider::validate::Severity;
use crate::worker::setup;

use super::args::Providers;
use super::{World, page};

pub(super) fn run(command: Option<Providers>, as_json: bool, world: &mut World) -> u8 {
    let done = match command {
        None => catalog(world).map(|catalog| if as_json { list_json(&catalog) } else { list(&catalog) }),
        Some(Providers::Show { id }) => catalog(world).and_then(|catalog| show(&id, &catalog)),
        Some(Providers::Check { file }) => return check(&file, world),
    };
    match done {
        Ok(text) => world.io.show(&text),
        Err(error) => world.io.fail(&error),
    }
}

/// The pages alone: a broken configuration is no reason not to show them.
fn catalog(world: &World) -> Result<Catalog> {
    let places = paths::places(world.config.as_deref(), &*world.env)?;
    Ok(setup::catalog(&places.config_dir.join("providers")))
}

fn list(catalog: &Catalog) -> String {
    let width = catalog.ids().map(str::len).max().unwrap_or(0);
    let line = |id: &str| match catalog.page(id) {
        Some(Ok(page)) => {
            let operations = page.operations.keys().collect::<Vec<_>>().join(", ");
            format!("{id:width$}  {}: {operations}\n{:width$}  {}", page.name, "", page.about)
        }
        Some(Err(fault)) => format!("{id:width$}  cannot be used: {fault}"),
        None => String::new(),
    };
    catalog.ids().map(line).collect::<Vec<_>>().join("\n")
}

fn list_json(catalog: &Catalog) -> String {
    let one = |id: &str| -> Value {
        match catalog.page(id) {
            Some(Ok(page)) => {
                let operation = |(id, spec): &(String, crate::domain::page::Operation)| {
                    let fields: Vec<&str> = spec.fields().map(|(name, _)| name).collect();
                    json!({ "id": id, "label": spec.label, "fields": fields })
                };
                json!({
                    "id": id,
                    "name": page.name,
                    "about": page.about,
                    "docs": page.docs,
                    "settings": page.settings.keys().collect::<Vec<_>>(),
                    "operations": page.operations.iter().map(operation).collect::<Vec<_>>(),
                })
            }
            Some(Err(fault)) => json!({ "id": id, "error": fault.to_string() }),
            None => Value::Null,
        }
    };
    printed(&json!({ "version": 1, "providers": catalog.ids().map(one).collect::<Vec<_>>() }))
}

fn show(id: &str, catalog: &Catalog) -> Result<String> {
    match catalog.page(id) {
        Some(Ok(found)) => Ok(page::text(&found)),
        Some(Err(fault)) => Err(Error::config(fault.to_string())),
        None => {
            let error = Error::usage(format!("there is no provider `{id}`"));
            let known = || catalog.ids().collect::<Vec<_>>().join(", ");
            Err(match nearest(id, catalog.ids()) {
                Some(near) => error.hint(format!("did you mean `{near}`?")),
                None => error.hint(format!("choose {}", known())),
            })
        }
    }
}

fn check(file: &Path, world: &mut World) -> u8 {
    let text = match paths::read_text(file) {
        Ok(file) => file.text,
        Err(error) => return world.io.fail(&error),
    };
    let name = file.display().to_string();
    let page = match load::page(&text, &name) {
        Ok(page) => page,
        Err(fault) => {
            world.io.say(&fault.to_string());
            return 3;
        }
    };
    let findings = lint(&page, &text, &name);
    for finding in &findings {
        match finding.severity {
            Severity::Error => world.io.say(&finding.fault.to_string()),
            Severity::Warning => world.io.warn(&finding.fault.to_string()),
        }
    }
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return 3;
    }
    let operations = page.operations.keys().collect::<Vec<_>>().join(", ");
    world.io.show(&format!("{name}: {} ({}) can be used: {operations}", page.name, page.id))
}
