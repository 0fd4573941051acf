//! The same meeting at another provider. What was asked for is put into the words that pages share (`wish`), and each
//! word into the fields the other operation has for it; what it has none for is named.

use crate::domain::literal::Literal;
use crate::domain::page::{Field, Operation, Wish};

use super::alphabet;
use super::compose::Raw;
use super::generate::could_generate;

/// What an operation is to be asked for in place of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    pub values: Raw,
    /// Labels of what was asked for and does not carry over.
    pub left: Vec<String>,
}

/// What was meant by a wish.
enum Meant {
    Text(String),
    Switch(bool),
}

/// Carries the values of one operation over to another, which may be the same.
pub fn carry(from: &Operation, asked: &Raw, to: &Operation) -> Carried {
    if std::ptr::eq(from, to) {
        return Carried { values: asked.clone(), left: Vec::new() };
    }
    let mut carried = Carried::default();
    let mut told: Vec<&str> = Vec::new();
    for (word, wish) in &from.wish {
        let Some(meant) = meant(wish, asked) else { continue };
        told.extend(fields_of(wish));
        let there = to.wish.get(word.as_str()).filter(|there| speak_alike((from, wish), (to, there)));
        match there.and_then(|there| put(&meant, there, to)) {
            // What the page says by itself is nothing anybody wanted.
            _ if matches!(meant, Meant::Switch(_)) && !is_said(from, wish, asked) => {}
            Some(values) => carried.values.extend(values),
            // That something is not wanted needs no word where it cannot be had.
            None if matches!(meant, Meant::Switch(false)) => {}
            None => {
                let field = fields_of(wish).find(|name| !is_default(from, name, asked));
                carried.left.extend(field.map(|name| label(from, name)));
            }
        }
    }
    for (name, value) in asked {
        let said = told.contains(&name.as_str());
        let chosen = from.field_for(name).is_some_and(|(_, field)| is_chosen(field, value));
        if !said && chosen {
            carried.left.push(label(from, name));
        }
    }
    carried
}

/// Whether two wishes of one word are told by the same kind of value: the people of one page are addresses, those of
/// another a number.
fn speak_alike((from, wish): (&Operation, &Wish), (to, there): (&Operation, &Wish)) -> bool {
    let kind = |operation: &Operation, wish: &Wish| Some(operation.field(wish.field.as_deref()?)?.kind);
    wish.yes.is_some() || kind(from, wish) == kind(to, there)
}

fn is_said(from: &Operation, wish: &Wish, asked: &Raw) -> bool {
    fields_of(wish).any(|name| {
        let field = from.field(name);
        field.zip(value(asked, name)).is_some_and(|(field, value)| is_chosen(field, value))
    })
}

/// Whether a value says more than the page would say by itself.
fn is_chosen(field: &Field, value: &str) -> bool {
    !value.is_empty() && !says_itself(field, value) && field.quick.as_deref() != Some(value)
}

/// Whether the page puts this value there, or the provider.
fn says_itself(field: &Field, value: &str) -> bool {
    let mut written = [field.default.as_ref(), field.unset.as_ref()].into_iter().flatten();
    // What is made without chance, of the agent's name or the date, is made elsewhere as well.
    let made = |pattern: &String| !pattern.contains("{rand}") || could_generate(pattern, value);
    written.any(|known| known.typed() == value) || field.generate.as_ref().is_some_and(made)
}

fn is_default(operation: &Operation, name: &str, asked: &Raw) -> bool {
    let field = operation.field(name);
    field.zip(value(asked, name)).is_some_and(|(field, value)| says_itself(field, value))
}

fn label(operation: &Operation, name: &str) -> String {
    operation.field_for(name).map_or_else(|| name.to_owned(), |(_, field)| field.label.clone())
}

/// The fields in which a wish is told.
fn fields_of(wish: &Wish) -> impl Iterator<Item = &str> {
    let table = match &wish.yes {
        Some(Literal::Table(table)) => Some(table),
        _ => None,
    };
    let named = table.into_iter().flat_map(|table| table.iter().map(|(name, _)| name.as_str()));
    wish.field.as_deref().into_iter().chain(named)
}

fn value<'a>(asked: &'a Raw, name: &str) -> Option<&'a str> {
    let found = asked.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

fn meant(wish: &Wish, asked: &Raw) -> Option<Meant> {
    let holds = |literal: &Literal| match literal {
        Literal::Table(table) => {
            table.iter().all(|(name, one)| value(asked, name) == Some(one.typed().as_str()))
        }
        one => value(asked, wish.field.as_deref().unwrap_or_default()) == Some(one.typed().as_str()),
    };
    match (&wish.yes, &wish.no) {
        (None, None) => value(asked, wish.field.as_deref()?).map(|text| Meant::Text(text.to_owned())),
        (Some(yes), _) if holds(yes) => Some(Meant::Switch(true)),
        (_, Some(no)) if holds(no) => Some(Meant::Switch(false)),
        _ => None,
    }
}

/// The values by which an operation is told of it; nothing where it has no way to say it.
fn put(meant: &Meant, wish: &Wish, to: &Operation) -> Option<Raw> {
    match meant {
        Meant::Text(text) => {
            let name = wish.field.as_deref().filter(|_| wish.yes.is_none() && wish.no.is_none())?;
            let rules = to.field(name).filter(|_| wish.slug).map(|field| &field.rules);
            let text = rules.map_or_else(|| text.clone(), |rules| alphabet::fit(text, rules));
            Some(vec![(name.to_owned(), text)])
        }
        Meant::Switch(on) => match if *on { wish.yes.as_ref()? } else { wish.no.as_ref()? } {
            Literal::Table(table) => {
                Some(table.iter().map(|(name, one)| (name.as_str().to_owned(), one.typed())).collect())
            }
            one => Some(vec![(wish.field.clone()?, one.typed())]),
        },
    }
}
