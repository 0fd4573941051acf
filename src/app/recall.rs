//! What the fields of a service were filled with before, for completion: from the entries of this run and of the
//! history, whatever profile made them. Secrets were never written down there.

use super::form::Earlier;
use super::model::Model;

/// Rows looked through, the newest first.
const ROWS: usize = 500;
/// Values kept for a field.
const VALUES: usize = 50;

pub fn earlier(model: &Model, provider: &str) -> Earlier {
    let mut earlier = Earlier::default();
    for asked in model.rows.iter().take(ROWS).filter_map(|row| row.asked(provider)) {
        note(&mut earlier.titles, asked.title.as_ref());
        note(&mut earlier.tickets, asked.ticket.as_ref());
        for (name, value) in &asked.values {
            match earlier.fields.iter_mut().find(|(known, _)| known == name) {
                Some((_, values)) => note(values, Some(value)),
                None => earlier.fields.push((name.clone(), vec![value.clone()])),
            }
        }
    }
    earlier
}

fn note(values: &mut Vec<String>, value: Option<&String>) {
    let new = value.filter(|value| values.len() < VALUES && !value.is_empty() && !values.contains(value));
    values.extend(new.cloned());
}
