//! What another try would do where a creation may have worked: the page says it of the step that creates, and the user
//! is told with the advice to check first. A hint of the page's own stays as it is written there.

use crate::domain::page::Creates;
use crate::error::Error;

use super::Flow;

impl Flow {
    /// Where our own advice is to check first, it says why: what a second sending would do.
    pub(super) fn with_second(&self, error: Error) -> Error {
        let mut steps = self.plan.spec().into_iter().flat_map(|spec| &spec.steps);
        let step = steps.find(|step| step.creates.is_some() && self.applies(step));
        let known = |field: &String| self.plan.values.get(field).is_some();
        let Some((step, creates)) = step.and_then(|step| Some((step, step.creates?))) else { return error };
        let creates = if step.known_by.as_ref().is_none_or(known) { creates } else { Creates::Again };
        let would = match creates {
            Creates::Again => "another try makes another one",
            Creates::Same => "the same once more makes no second one",
            Creates::Refused => "another try is refused if it is there",
        };
        let ours = |hint: &&str| hint.starts_with("check at ") && hint.ends_with(" before you try again");
        match error.next_step().filter(ours).map(|check| format!("{check}: {would}")) {
            Some(check) => error.hint(check),
            None => error,
        }
    }
}
