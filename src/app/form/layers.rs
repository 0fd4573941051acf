//! How a form is filled before anybody types: the page's own values, the profile's defaults, the preset, the draft,
//! later ones winning; and for each field where its value came from.

use crate::domain::page::{Field, Operation};
use crate::provider::compose::{Raw, Start, compose, own_value};
use crate::provider::generate::Pieces;

use super::field::{FieldState, Source, belongs};
use super::ground::{Draft, FormProfile, Ground};

/// All fields of an operation, filled.
pub fn fill(
    profile: &FormProfile,
    id: &str,
    operation: &Operation,
    draft: &Draft,
    ground: &mut Ground,
) -> Vec<FieldState> {
    let nothing = Raw::new();
    let preset = preset_for(profile, id).unwrap_or(&nothing);
    let layers = [&profile.defaults, preset, &draft.values];
    let mut pieces = || pieces(profile, &draft.ticket, ground);
    let raw = compose(operation, Start::Quick, &layers, &mut pieces);
    let state = |(name, field): (&str, &Field)| {
        let mine: Raw = raw.iter().filter(|(given, _)| belongs(operation, given, name)).cloned().collect();
        let source = source(operation, name, field, &layers, mine.is_empty());
        FieldState::new(operation, name, field, &mine, source)
    };
    operation.fields().map(state).collect()
}

/// The values of the preset, where it is one for this operation.
pub fn preset_for<'a>(profile: &'a FormProfile, operation: &str) -> Option<&'a Raw> {
    let preset = profile.preset.as_ref()?;
    let first = profile.page.first_operation().map(|(id, _)| id.as_str());
    (preset.operation.as_deref().or(first) == Some(operation)).then_some(&preset.values)
}

/// A generated value made anew; none for fields that are not generated.
pub fn anew(profile: &FormProfile, field: &Field, ticket: &str, ground: &mut Ground) -> Option<String> {
    if !is_generated(field) {
        return None;
    }
    own_value(field, Start::Quick, &mut || pieces(profile, ticket, ground))
}

pub fn is_generated(field: &Field) -> bool {
    let pattern = |text: &Option<String>| text.as_deref().is_some_and(|text| text.contains('{'));
    pattern(&field.generate) || pattern(&field.quick)
}

fn pieces(profile: &FormProfile, ticket: &str, ground: &mut Ground) -> Pieces {
    Pieces {
        now: ground.now.to_zoned(ground.zone.clone()),
        rand: (ground.rand)(),
        prefix: profile.prefix.clone(),
        ticket: ticket.to_owned(),
        agent: ground.agent.to_owned(),
    }
}

fn source(operation: &Operation, name: &str, field: &Field, layers: &[&Raw; 3], empty: bool) -> Source {
    const NAMES: [Source; 3] = [Source::Profile, Source::Preset, Source::Typed];
    let holds = |layer: &Raw| layer.iter().any(|(given, _)| belongs(operation, given, name));
    match layers.iter().rposition(|layer| holds(layer)) {
        Some(layer) => NAMES[layer],
        None if empty => Source::Nobody,
        None if is_generated(field) => Source::Generated,
        None => Source::Suggested,
    }
}
