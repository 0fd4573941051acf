//! Whether a page's condition holds, given what is known: values, settings and the answers so far.

use crate::domain::literal::Literal;
use crate::domain::page::{Condition, Operation, When};
use crate::domain::values::{Value, Values};

use super::answer::Answer;
use super::settings::Settings;

/// What conditions may ask about.
pub struct Facts<'a> {
    pub operation: Option<&'a Operation>,
    pub values: &'a Values,
    pub settings: &'a Settings,
    pub answers: &'a [(String, Answer)],
}

impl Facts<'_> {
    /// All conditions hold; none always holds.
    pub fn all(&self, when: &When) -> bool {
        when.iter().all(|condition| self.holds(condition))
    }

    /// None of the conditions holds; with no condition at all that is true.
    pub fn none(&self, unless: &When) -> bool {
        !unless.iter().any(|condition| self.holds(condition))
    }

    fn holds(&self, condition: &Condition) -> bool {
        if let Some(field) = &condition.field {
            return self.field_holds(self.values.get(field), condition);
        }
        if !condition.any.is_empty() {
            let present = condition.any.iter().map(|field| self.values.get(field));
            return match condition.set {
                Some(false) => present.flatten().next().is_none(),
                _ => present.into_iter().any(|value| value.is_some() && self.field_holds(value, condition)),
            };
        }
        if let Some(group) = &condition.group {
            let set = self
                .operation
                .and_then(|operation| operation.advanced.get(group))
                .is_some_and(|fields| fields.keys().any(|name| self.values.get(name).is_some()));
            return condition.set.unwrap_or(true) == set;
        }
        if let Some(key) = &condition.setting {
            let value = self.settings.plain(key).map(|text| Value::Text(text.to_owned()));
            return test(value.as_ref(), condition);
        }
        if let (Some(step), Some(at)) = (&condition.step, &condition.at) {
            let answer = self.answers.iter().find(|(id, _)| id == step).map(|(_, answer)| answer);
            let value = answer.and_then(|answer| answer.at(at)).map(|json| from_json(&json));
            return test(value.as_ref(), condition);
        }
        false
    }

    fn field_holds(&self, value: Option<&Value>, condition: &Condition) -> bool {
        match &condition.from {
            None => test(value, condition),
            Some(other) => {
                match (value.and_then(Value::time), self.values.get(other).and_then(Value::time)) {
                    (Some(time), Some(bound)) => time >= bound,
                    _ => false,
                }
            }
        }
    }
}

fn test(value: Option<&Value>, condition: &Condition) -> bool {
    let is = |literal: &Literal| value.is_some_and(|value| value.is(literal));
    condition.is.as_ref().is_none_or(is)
        && condition.not.as_ref().is_none_or(|literal| !is(literal))
        && condition.has.as_ref().is_none_or(|item| value.is_some_and(|value| value.has(item)))
        && condition.set.is_none_or(|set| value.is_some() == set)
}

/// A value of an answer, for comparing it with one written in a page.
pub fn from_json(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::Bool(value) => Value::Switch(*value),
        serde_json::Value::Number(number) => {
            number.as_i64().map_or(Value::Text(number.to_string()), Value::Integer)
        }
        serde_json::Value::String(text) => Value::Text(text.clone()),
        other => Value::Json(other.clone()),
    }
}
