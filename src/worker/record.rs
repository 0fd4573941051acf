//! What of a call goes into the history, and when: the intent before the first request leaves, the entry as soon as
//! it is known. Secret fields of the form stay out of it, also where the provider repeats them.

use crate::domain::entry::Entry;
use crate::error::{Error, Kind};
use crate::provider::flow::Flow;
use crate::provider::plan::Plan;
use crate::provider::settings::Settings;

use super::call::Caller;

impl Caller {
    /// Notes that the request of a plan is about to leave. Where that cannot be done in time the request leaves all
    /// the same; the history tells of its trouble itself.
    pub(super) async fn intend(&self, plan: &Plan, settings: Settings) {
        let Some(history) = &self.history else { return };
        let _ = history.intend(without_secrets(plan, unanswered(plan, settings))).await;
    }

    /// Keeps what a plan has become.
    pub(super) async fn keep(&self, plan: &Plan, entry: &Entry) {
        let Some(history) = &self.history else { return };
        let _ = history.keep(without_secrets(plan, entry.clone())).await;
    }
}

/// What is to be said of a plan whose answer never came, with all that helps to check.
fn unanswered(plan: &Plan, settings: Settings) -> Entry {
    let hint = format!("check at {} for {} before you try again", plan.page.name, plan.name(None));
    let mut flow = Flow::new(plan.clone(), settings);
    flow.stop(true, Error::new(Kind::Unclear, "roomkey ended before the answer came").hint(hint));
    flow.finish()
}

fn without_secrets(plan: &Plan, mut entry: Entry) -> Entry {
    let is_secret =
        |name: &str| plan.spec().and_then(|spec| spec.field_for(name)).is_some_and(|(_, field)| field.secret);
    entry.asked.values.retain(|(name, _)| !is_secret(name));
    entry.details.retain(|detail| !is_secret(&detail.key));
    entry
}
