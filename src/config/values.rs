//! Values of fields as they stand in the configuration, turned into the text one would type on the command line:
//! `true` for true, lists with commas, nested tables as dotted names, JSON text for free objects. What the text
//! means is decided where all typed text is, in validation.

use crate::domain::page::{Field, Kind, Operation, Page};

use super::item::{Item, Table, Value};
use super::problem::{Pen, Place};

/// Deeper nesting than this is no field of any provider.
const DEEPEST: usize = 16;

/// A field's name and its value as typed, with the places of both.
pub(crate) struct Typed {
    pub name: String,
    pub text: String,
    pub place: Place,
    pub value_place: Place,
}

/// Every value of the table; what cannot be typed is a problem.
pub(crate) fn typed(table: &Table, page: &Page, operation: Option<&str>, pen: &mut Pen<'_>) -> Vec<Typed> {
    let mut values = Vec::new();
    walk(table, "", &Fields { page, operation }, pen, &mut values);
    values
}

fn walk(table: &Table, above: &str, fields: &Fields<'_>, pen: &mut Pen<'_>, values: &mut Vec<Typed>) {
    for entry in table {
        let name = if above.is_empty() { entry.key.clone() } else { format!("{above}.{}", entry.key) };
        let kind = fields.find(&name).map(|field| field.kind);
        if let (Value::Table(inner), true) = (&entry.item.value, kind != Some(Kind::Json)) {
            if name.matches('.').count() < DEEPEST {
                walk(inner, &name, fields, pen, values);
            } else {
                pen.bad(&entry.place, &name, "nested too deeply");
            }
            continue;
        }
        if values.iter().any(|value| value.name == name) {
            pen.bad(&entry.place, &name, "given twice, dotted and nested");
            continue;
        }
        match text(&entry.item, kind) {
            Ok(text) => {
                let (place, value_place) = (entry.place.clone(), entry.item.place.clone());
                values.push(Typed { name, text, place, value_place });
            }
            Err(reason) => pen.bad(&entry.item.place, &name, reason),
        }
    }
}

fn text(item: &Item, kind: Option<Kind>) -> Result<String, String> {
    match &item.value {
        // A text is already what one would type, JSON included.
        _ if item.scalar().is_some() => Ok(item.scalar().unwrap_or_default()),
        Value::List(items) if kind != Some(Kind::Json) => list(items),
        _ => json(item).map(|value| value.to_string()),
    }
}

fn list(items: &[Item]) -> Result<String, String> {
    let texts: Option<Vec<String>> = items.iter().map(Item::scalar).collect();
    let texts = texts.ok_or("expected a list of texts or numbers")?;
    match texts.iter().position(|text| text.contains(',')) {
        Some(at) => Err(format!("number {} of the list holds a comma, which separates", at + 1)),
        None => Ok(texts.join(",")),
    }
}

fn json(item: &Item) -> Result<serde_json::Value, String> {
    Ok(match &item.value {
        Value::Text(_) => item.text().into(),
        Value::Integer(number) => (*number).into(),
        Value::Switch(on) => (*on).into(),
        Value::Other(..) => {
            let text = item.scalar().unwrap_or_default();
            // As it is written, where JSON writes numbers alike.
            let number = text.parse::<serde_json::Number>().ok();
            number.map_or_else(|| text.into(), serde_json::Value::Number)
        }
        Value::List(items) => items.iter().map(json).collect::<Result<Vec<_>, _>>()?.into(),
        Value::Table(table) => {
            let pair = |entry: &super::item::Entry| Ok((entry.key.clone(), json(&entry.item)?));
            serde_json::Value::Object(table.iter().map(pair).collect::<Result<_, String>>()?)
        }
    })
}

/// What is wrong with a value of a field, as a clause that does not repeat it: the operation, the field's name and the
/// text as typed. What values mean is known where typed text is read, which is above this room.
pub type Fault = fn(&Operation, &str, &str) -> Option<String>;

/// The values whose fields are known; one that fits none of its operations is a problem.
pub(crate) fn good(
    table: &Table,
    fields: &Fields<'_>,
    fault: Option<Fault>,
    pen: &mut Pen<'_>,
) -> Vec<(String, String)> {
    let mut good = Vec::new();
    for value in typed(table, fields.page, fields.operation, pen) {
        if fields.find(&value.name).is_none() {
            pen.unknown(&value.place, &value.name, "field", fields.names());
            continue;
        }
        if let Some(reason) = fault.and_then(|fault| fields.fault(&value, fault)) {
            pen.bad(&value.value_place, &value.name, reason);
        }
        good.push((value.name, value.text));
    }
    good
}

/// The fields of one operation, or of all of a provider's.
pub(crate) struct Fields<'a> {
    pub page: &'a Page,
    pub operation: Option<&'a str>,
}

impl<'a> Fields<'a> {
    fn operations(&self) -> impl Iterator<Item = &'a Operation> {
        let wanted = self.operation;
        let fits = move |id: &str| wanted.is_none_or(|wanted| wanted == id);
        self.page.operations.iter().filter(move |(id, _)| fits(id)).map(|(_, operation)| operation)
    }

    /// Why no operation that has the field takes the value.
    fn fault(&self, value: &Typed, fault: Fault) -> Option<String> {
        let having = self.operations().filter(|operation| operation.field_for(&value.name).is_some());
        let mut faults = having.map(|operation| fault(operation, &value.name, &value.text));
        let first = faults.next().flatten()?;
        faults.all(|other| other.is_some()).then_some(first)
    }

    pub fn find(&self, name: &str) -> Option<&'a Field> {
        self.operations().find_map(|operation| operation.field_for(name)).map(|(_, field)| field)
    }

    /// Whether any of the operations holds the field to be a secret.
    pub fn is_secret(&self, name: &str) -> bool {
        self.operations().filter_map(|operation| operation.field_for(name)).any(|(_, field)| field.secret)
    }

    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.operations().flat_map(|operation| operation.fields().map(|(name, _)| name))
    }
}
