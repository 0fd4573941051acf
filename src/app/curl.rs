//! The requests of an entry as curl commands, as they would go out once more: for a ticket, with keys as variables.

use crate::domain::entry::Entry;
use crate::provider::flow::{Flow, previews};
use crate::provider::to_curl::{key_variable, to_curl};

use super::create;
use super::model::Model;

/// The commands, one for each request; nothing where none is known.
pub fn command(model: &Model, entry: &Entry) -> Option<String> {
    let (plan, settings) = create::plan_of(model, entry)?;
    let requests = previews(&plan, &settings).ok()?;
    let flow = Flow::new(plan.clone(), settings);
    let key = key_variable(&plan.page.id, flow.secret_setting().unwrap_or("key"));
    (!requests.is_empty()).then(|| to_curl(&requests, &key))
}
