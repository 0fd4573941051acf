//! A preset: a named set of values for one operation. Like a profile it is only noted when the file is read, and
//! made with the provider's page when it is wanted.

use std::fmt;

use crate::domain::page::Page;

use super::item::{Entry, Table};
use super::problem::{Pen, Place, Problem, What};
use super::sheet::{Key, Shape, Sheet, expected, key};
use super::values::{self, Fault, Fields};

pub(crate) const KEYS: &[Key] = &[key("profile", Shape::Text, ""), key("operation", Shape::Text, "")];

/// A preset that can be used.
#[derive(Clone, PartialEq, Eq)]
pub struct Preset {
    pub name: String,
    /// Without one it fits every profile whose provider knows its operation and fields.
    pub profile: Option<String>,
    pub operation: Option<String>,
    /// Field names and values as on the command line.
    pub values: Vec<(String, String)>,
}

impl fmt::Debug for Preset {
    /// Values may belong to secret fields, so only their names are shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.values.iter().map(|(name, _)| name).collect();
        f.debug_struct("Preset").field("name", &self.name).field("values", &names).finish_non_exhaustive()
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Notes {
    pub name: String,
    pub place: Place,
    pub sheet: Sheet,
    pub values: Table,
}

impl Notes {
    pub fn read(entry: &Entry, problems: &mut Vec<Problem>) -> Notes {
        let path = format!("presets.{}", entry.key);
        let mut pen = Pen { problems, about: Some(What::Preset(entry.key.clone())), path };
        let empty = Table::new();
        let table = entry.item.table().unwrap_or_else(|| {
            pen.bad(&entry.item.place, "", expected("a table", &entry.item));
            &empty
        });
        if entry.key.trim().is_empty() {
            pen.bad(&entry.place, "", "a preset needs a name");
        }
        let (sheet, others) = Sheet::read(table, KEYS, &mut pen);
        let mut values = Table::new();
        for other in others {
            match (other.key.as_str(), other.item.table()) {
                ("values", Some(table)) => values.clone_from(table),
                ("values", None) => pen.bad(&other.item.place, "values", expected("a table", &other.item)),
                (unknown, _) => {
                    pen.unknown(
                        &other.place,
                        unknown,
                        "key",
                        KEYS.iter().map(|key| key.name).chain(["values"]),
                    );
                }
            }
        }
        Notes { name: entry.key.clone(), place: entry.place.clone(), sheet, values }
    }

    pub fn pen<'a>(&self, problems: &'a mut Vec<Problem>) -> Pen<'a> {
        Pen { problems, about: Some(What::Preset(self.name.clone())), path: format!("presets.{}", self.name) }
    }

    pub fn by_page(&self, page: &Page, fault: Option<Fault>, problems: &mut Vec<Problem>) -> Preset {
        let mut pen = self.pen(problems);
        let operation = self.sheet.text("operation");
        let known = operation.is_none_or(|id| page.operation(id).is_some());
        if let (Some(id), false) = (operation, known) {
            let place = self.sheet.place("operation").unwrap_or(&self.place);
            let near = crate::domain::nearest::did_you_mean(id, page.operations.keys());
            pen.bad(place, "operation", format!("{} has no such operation{near}", page.name));
        }
        pen.path.push_str(".values");
        let fields = Fields { page, operation: operation.filter(|_| known) };
        Preset {
            name: self.name.clone(),
            profile: self.sheet.text("profile").map(str::to_owned),
            operation: operation.map(str::to_owned),
            values: values::good(&self.values, &fields, fault, &mut pen),
        }
    }
}
