//! Whether the key of a profile works: asked in a form, answered where the user is by then.

use std::sync::Arc;

use crate::error::Error;
use crate::provider::key_test::Proof;

use super::effect::Effect;
use super::form_page;
use super::model::Model;
use super::said::Said;

/// The key of the form's profile, to be tried with a call that creates nothing.
pub(super) fn begin(model: &mut Model) -> Option<Effect> {
    let form = form_page::world(model).0?;
    Some(Effect::TestKey(form.profile().name.clone(), Arc::clone(&form.profile().page)))
}

/// What a provider said to the key of a profile: in the form that asked, else in the list.
pub fn told(model: &mut Model, profile: &str, proof: &Result<Proof, Error>) {
    match (form_page::world(model).0.filter(|form| form.profile().name == profile), proof) {
        (Some(form), Ok(proof)) => drop(form.tell(proof.told())),
        (Some(form), Err(error)) => drop(form.tell(error.to_string())),
        (None, Ok(proof)) => model.say(Said::good(format!("{profile}: {}", proof.told()))),
        (None, Err(error)) => model.say(Said::error(error)),
    }
}
