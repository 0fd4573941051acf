//! Which raw values a creation starts from: field default < profile default < preset < typed. Raw values are texts as
//! on the command line; an empty one leaves the field to the provider.

use crate::domain::page::{Field, Operation};

use super::generate::{Pieces, generate_for};

/// Raw values by wire name, as typed.
pub type Raw = Vec<(String, String)>;

/// Who asks: quick creation and the form also use the `quick` values of required fields, the command line does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    Quick,
    Plain,
}

/// The raw values of all layers, later ones winning, in form order. `pieces` is asked for each generated value.
pub fn compose(
    operation: &Operation,
    start: Start,
    layers: &[&Raw],
    pieces: &mut dyn FnMut() -> Pieces,
) -> Raw {
    let mut raw = Raw::new();
    for (name, field) in operation.fields() {
        for layer in layers.iter().rev() {
            let mine: Vec<_> = layer.iter().filter(|(given, _)| belongs(operation, given, name)).collect();
            if !mine.is_empty() {
                raw.extend(mine.into_iter().filter(|(_, v)| !v.is_empty()).cloned());
                break;
            }
        }
        let given = layers.iter().any(|l| l.iter().any(|(given, _)| belongs(operation, given, name)));
        if !given && let Some(value) = own_value(field, start, pieces) {
            raw.push((name.to_owned(), value));
        }
    }
    raw
}

/// The names of a layer that no field answers to.
pub fn unknown<'a>(operation: &Operation, layer: &'a Raw) -> Vec<&'a str> {
    layer.iter().map(|(name, _)| name.as_str()).filter(|name| operation.field_for(name).is_none()).collect()
}

/// The nearest field name, for "did you mean".
pub fn nearest<'a>(operation: &'a Operation, name: &str) -> Option<&'a str> {
    crate::domain::nearest::nearest(name, operation.fields().map(|(known, _)| known))
}

/// Whether a raw value is given to the field of this name: by its own name, or by one its star stands for.
pub fn belongs(operation: &Operation, given: &str, name: &str) -> bool {
    operation.field_for(given).is_some_and(|(known, _)| known == name)
}

/// What a field holds when nobody says anything.
pub fn own_value(field: &Field, start: Start, pieces: &mut dyn FnMut() -> Pieces) -> Option<String> {
    if start == Start::Quick
        && let Some(quick) = &field.quick
    {
        return Some(generate_for(field, quick, &pieces()));
    }
    match (&field.generate, &field.default) {
        (Some(pattern), _) => Some(generate_for(field, pattern, &pieces())),
        (None, Some(default)) => Some(default.typed()),
        (None, None) => None,
    }
}
