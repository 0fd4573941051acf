//! The requests by themselves: line by line over the fields, and as a curl command to copy, with the key as a variable.

use crate::domain::request::Preview;
use crate::provider::flow::Flow;
use crate::provider::to_curl::{key_variable, to_curl};

use super::ground::Ground;
use super::panel::PanelKind;
use super::{Form, FormEvent};

impl Form {
    /// Opens the requests over the fields.
    pub(super) fn open_request(&mut self) -> Vec<FormEvent> {
        let parts: Vec<Vec<String>> = self.assessment.requests.iter().map(lines).collect();
        let lines = parts.join(&String::new());
        if lines.is_empty() {
            return self.say("there is no request yet: the fields are not right");
        }
        self.open_over(PanelKind::Request { lines });
        Vec::new()
    }

    /// Asks for the requests to be copied.
    pub(super) fn copy_request(&mut self, ground: &mut Ground) -> Vec<FormEvent> {
        let values = self.assessment.values.clone();
        let plan = self.plan(String::new(), ground.now, ground.agent, values);
        let flow = Flow::new(plan, self.profile.settings.clone());
        let key = key_variable(&self.page().id, flow.secret_setting().unwrap_or("key"));
        let text = to_curl(&self.assessment.requests, &key);
        vec![FormEvent::Copy { what: "the request as curl".into(), text }]
    }
}

/// Method and address, a parameter to a line, headers, and the body as people indent it.
fn lines(preview: &Preview) -> Vec<String> {
    let word = if preview.offline { "Signed link" } else { &preview.method };
    let mut lines = Vec::new();
    for (nth, part) in preview.url.split_inclusive(['?', '&']).enumerate() {
        lines.push(if nth == 0 { format!("{word} {part}") } else { format!("  {part}") });
    }
    if !preview.offline {
        lines.extend(preview.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    }
    if let Some(Ok(body)) = preview.body.as_ref().map(serde_json::to_string_pretty) {
        lines.extend(body.lines().map(str::to_owned));
    }
    lines
}
