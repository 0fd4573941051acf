//! The configuration as a JSON schema (draft 2020-12), for editors that check and complete while one types. It is made
//! of the tables the loader reads by and of the providers' pages, never of a list of its own. It refuses nothing that
//! the loader takes, but for white space around words of a choice; what needs a look elsewhere (names that point at
//! nothing, time zones, placeholders) is left to `check`.

mod fields;
mod settings;
mod shapes;

use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::domain::page::{Operation, Page};

use super::{Keymap, basics, preset, profile, template};

/// The schema of a configuration that knows these providers.
pub fn schema(pages: &[Arc<Page>]) -> Value {
    let mut top = shapes::keys(basics::KEYS);
    for table in basics::TABLES {
        let inside = match table {
            "history" => closed(shapes::keys(basics::HISTORY)),
            "keys" => keys(),
            "profiles" => named("profile"),
            "presets" => named("preset"),
            _ => named("template"),
        };
        top.insert(table.into(), inside);
    }
    let mut schema = Map::new();
    schema.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    schema.insert("title".into(), "Configuration of roomkey".into());
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), top.into());
    schema.insert("additionalProperties".into(), false.into());
    schema.insert(
        "$defs".into(),
        json!({
            "profile": profile(pages),
            "preset": preset(pages),
            "template": template(),
            "secret": shapes::secret(),
            "scalar": shapes::scalar(),
            "value": shapes::value(),
            "values": shapes::values(),
        }),
    );
    schema.into()
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

/// A table with these keys and no others.
fn closed(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// A table of things with names of the user's.
fn named(definition: &str) -> Value {
    json!({ "type": "object", "additionalProperties": reference(definition) })
}

/// Actions and their keys.
fn keys() -> Value {
    let shipped = Keymap::shipped().map(|keymap| keymap.bindings).unwrap_or_default();
    let key = |binding: &super::Binding| {
        let mut schema = shapes::typed_keys();
        schema.insert("description".into(), binding.help.clone().into());
        schema.insert("default".into(), binding.keys.join(" ").into());
        (binding.action.clone(), Value::Object(schema))
    };
    closed(shipped.iter().map(key).collect())
}

/// What a profile may hold depends on its provider alone.
fn profile(pages: &[Arc<Page>]) -> Value {
    let ids: Vec<&str> = pages.iter().map(|page| page.id.as_str()).collect();
    let by_provider = pages.iter().map(|page| {
        json!({
            "if": { "properties": { "provider": { "const": page.id } } },
            "then": settings::profile(page, shapes::keys(profile::KEYS)),
        })
    });
    json!({
        "type": "object",
        "properties": { "provider": { "description": "the service", "enum": ids } },
        "required": ["provider"],
        "allOf": by_provider.collect::<Vec<_>>(),
    })
}

/// Which provider a preset is for is written elsewhere, so its fields are those of all that have its operation.
fn preset(pages: &[Arc<Page>]) -> Value {
    let operations = || pages.iter().flat_map(|page| page.operations.iter());
    let mut ids: Vec<&str> = Vec::new();
    for (id, _) in operations() {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    let by_operation = ids.iter().map(|id| {
        let of_id: Vec<&Operation> =
            operations().filter(|(known, _)| known == id).map(|(_, operation)| operation).collect();
        json!({
            "if": { "properties": { "operation": { "const": id } }, "required": ["operation"] },
            "then": { "properties": { "values": fields::table(&of_id) } },
        })
    });
    let all: Vec<&Operation> = operations().map(|(_, operation)| operation).collect();
    let mut properties = shapes::keys(preset::KEYS);
    properties.insert("operation".into(), json!({ "enum": ids }));
    properties.insert("values".into(), fields::table(&all));
    let by_operation: Vec<Value> = by_operation.collect();
    let mut schema = closed(properties);
    schema["allOf"] = by_operation.into();
    schema
}

fn template() -> Value {
    let mut schema = closed(shapes::keys(template::KEYS));
    schema["required"] = json!(["text"]);
    schema["dependentSchemas"] = json!({
        "subject": { "properties": { "format": { "const": "mail" } }, "required": ["format"] },
    });
    schema
}
