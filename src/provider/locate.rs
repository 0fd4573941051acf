//! Where in the text of a page something stands, by its path of keys. Only asked when there is something to report,
//! so that reading a page costs nothing for it.

use toml::de::{DeTable, DeValue};

use super::load::place;

/// Line and column of a path like `operation`, `create`, `essentials`, `endDate`; of the longest part of it that
/// exists. Numbers are indices of lists.
pub fn locate(text: &str, path: &[String]) -> (usize, usize) {
    let Ok(table) = DeTable::parse(text) else { return (1, 1) };
    let mut at = 0;
    let mut here = Some(Here::Table(table.get_ref()));
    for part in path {
        let (start, next) = match here {
            Some(Here::Table(table)) => match table.iter().find(|(key, _)| key.get_ref().as_ref() == part) {
                Some((key, value)) => (key.span().start, enter(value.get_ref())),
                None => break,
            },
            Some(Here::List(items)) => match part.parse::<usize>().ok().and_then(|index| items.get(index)) {
                Some(item) => (item.span().start, enter(item.get_ref())),
                None => break,
            },
            None => break,
        };
        at = start;
        here = next;
    }
    place(text, at)
}

enum Here<'a> {
    Table(&'a DeTable<'a>),
    List(&'a [toml::Spanned<DeValue<'a>>]),
}

fn enter<'a>(value: &'a DeValue<'a>) -> Option<Here<'a>> {
    match value {
        DeValue::Table(table) => Some(Here::Table(table)),
        DeValue::Array(items) => Some(Here::List(items)),
        _ => None,
    }
}
