//! Creating: a complete form becomes a plan, once; an incomplete one shows all its problems and leads to the first.

use crate::provider::validate::Severity;

use super::ground::Ground;
use super::{Form, FormEvent};

impl Form {
    pub(super) fn submit(&mut self, copy: bool, ground: &mut Ground) -> Vec<FormEvent> {
        if self.sent {
            return self.say("that is already under way");
        }
        self.submitted = true;
        self.assess(ground);
        if !self.assessment.is_ready() {
            return self.refuse();
        }
        let values = self.assessment.values.clone();
        let plan = self.plan((ground.new_id)(), ground.now, ground.agent, values);
        self.sent = true;
        vec![FormEvent::Submit { plan: Box::new(plan), copy }]
    }

    /// To the first field that is wrong.
    fn refuse(&mut self) -> Vec<FormEvent> {
        let errors = || self.assessment.problems.iter().filter(|p| p.severity == Severity::Error);
        let count = errors().count();
        let first = errors().find_map(|problem| problem.field.clone());
        if let Some(name) =
            first.as_ref().and_then(|name| self.spec()?.field_for(name)).map(|(n, _)| n.to_owned())
        {
            self.go_to(&name);
        }
        match (count, self.assessment.trouble.clone()) {
            (0, Some(trouble)) => self.say(trouble),
            (1, _) => self.say("not created: one field needs you"),
            _ => self.say(format!("not created: {count} problems, all listed above")),
        }
    }
}
