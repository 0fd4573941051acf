//! What validation has understood. `Values` come only out of `crate::provider::validate`; raw typed text stays in
//! the form and on the command line.

use jiff::Timestamp;

use super::literal::Literal;
use super::moment::Moment;
use super::secret::Secret;

/// One understood value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(String),
    Secret(Secret),
    Integer(i64),
    Switch(bool),
    /// The provider's own `null`.
    Null,
    /// Chosen items, or a free list.
    List(Vec<String>),
    Time(Moment),
    /// A length of time in seconds.
    Span(i64),
    Json(serde_json::Value),
    Pairs(Vec<(String, String)>),
}

impl Value {
    /// Whether the value equals one written in a page: numbers and switches by value, texts and choices to the letter.
    pub fn is(&self, literal: &Literal) -> bool {
        match (self, literal) {
            (Value::Switch(a), Literal::Bool(b)) => a == b,
            (Value::Integer(a), Literal::Int(b)) | (Value::Span(a), Literal::Int(b)) => a == b,
            (Value::Text(a), Literal::Text(b)) => a == b,
            (Value::Null, Literal::Text(b)) => b == "null",
            (Value::List(a), Literal::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(x, y)| *x == y.typed())
            }
            _ => false,
        }
    }

    /// Whether a list holds the item, or a text equals it.
    pub fn has(&self, item: &str) -> bool {
        match self {
            Value::List(items) => items.iter().any(|i| i == item),
            Value::Text(text) => text == item,
            Value::Pairs(pairs) => pairs.iter().any(|(name, _)| name == item),
            _ => false,
        }
    }

    pub fn time(&self) -> Option<Timestamp> {
        match self {
            Value::Time(moment) => Some(moment.at),
            _ => None,
        }
    }
}

/// Field names and their values in form order; a field that is not here is not sent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values(Vec<(String, Value)>);

impl Values {
    /// For validation alone.
    pub(crate) fn understood(values: Vec<(String, Value)>) -> Values {
        Values(values)
    }

    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (String, Value)> {
        self.0.iter()
    }

    /// The secrets among the values.
    pub fn secrets(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter().filter_map(|(_, value)| match value {
            Value::Secret(secret) => Some(secret),
            _ => None,
        })
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
