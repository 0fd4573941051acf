//! How a form is filled before anybody types: the page's own values, the profile's defaults, the preset, the draft,
//! later ones winning; and for each field where its value came from.

use crate::domain::page::{Field, Operation};
use crate::provider::compose::{Raw, Start, belongs, compose, own_value};
use crate::provider::generate::{Pieces, filled, generate_for, is_pattern};

use super::field::{FieldState, Source};
use super::ground::{Draft, FormPreset, FormProfile, Ground};

/// All fields of an operation, filled.
pub fn fill(
    profile: &FormProfile,
    id: &str,
    operation: &Operation,
    draft: &Draft,
    ground: &mut Ground,
) -> Vec<FieldState> {
    let nothing = Raw::new();
    let preset = preset_for(profile, draft.preset.as_deref(), id);
    let preset = preset.map_or(&nothing, |preset| &preset.values);
    let mut pieces = || pieces(profile, &draft.ticket, ground);
    let defaults = filled(operation, &profile.defaults, &mut pieces);
    let preset = filled(operation, preset, &mut pieces);
    let layers = [&defaults, &preset, &draft.values];
    let raw = compose(operation, Start::Quick, &layers, &mut pieces);
    let state = |(name, field): (&str, &Field)| {
        let mine: Raw = raw.iter().filter(|(given, _)| belongs(operation, given, name)).cloned().collect();
        let source = source(operation, name, field, &layers, mine.is_empty());
        FieldState::new(operation, name, field, &mine, source)
    };
    operation.fields().map(state).collect()
}

/// The preset an operation is filled from: the one that was loaded, else the profile's own, where it is one for this
/// operation.
pub fn preset_for<'a>(
    profile: &'a FormProfile,
    loaded: Option<&str>,
    operation: &str,
) -> Option<&'a FormPreset> {
    let preset = match loaded {
        None => profile.preset.as_ref()?,
        Some(name) => profile.presets.iter().find(|preset| preset.name == name)?,
    };
    (operation_of(profile, preset) == Some(operation)).then_some(preset)
}

/// The operation a preset is for: the page's first where it names none.
pub fn operation_of<'a>(profile: &'a FormProfile, preset: &'a FormPreset) -> Option<&'a str> {
    let first = profile.page.first_operation().map(|(id, _)| id.as_str());
    preset.operation.as_deref().or(first)
}

/// A generated value made anew, from the pattern of the preset, of the profile or of the page; none for fields that
/// are not generated. With it, where the pattern is from.
pub fn anew(
    profile: &FormProfile,
    loaded: Option<&str>,
    operation: &str,
    field: (&str, &Field),
    ticket: &str,
    ground: &mut Ground,
) -> Option<(String, Source)> {
    let (name, field) = field;
    let preset = preset_for(profile, loaded, operation).map(|preset| &preset.values);
    let layers = [(preset, Source::Preset), (Some(&profile.defaults), Source::Profile)];
    for (values, source) in layers {
        let pattern = values.and_then(|values| values.iter().find(|(given, _)| given == name));
        if let Some((_, pattern)) = pattern.filter(|(_, pattern)| is_pattern(pattern)) {
            return Some((generate_for(field, pattern, &pieces(profile, ticket, ground)), source));
        }
    }
    if !is_generated(field) {
        return None;
    }
    let made = own_value(field, Start::Quick, &mut || pieces(profile, ticket, ground));
    made.map(|made| (made, Source::Generated))
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
