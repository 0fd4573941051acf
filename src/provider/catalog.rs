//! All providers at hand: the pages inside the program and the user's own, laid over them by id. Pages are parsed
//! when they are first needed; a broken page of the user is listed with its error and never stops the program.

use std::sync::{Arc, OnceLock};

use crate::domain::page::Page;

use super::load::{self, Fault};

/// The pages of the program. A new provider is one file and one line here.
const EMBEDDED: [(&str, &str); 5] = [
    ("bunch", include_str!("../../assets/providers/bunch.toml")),
    ("joinme", include_str!("../../assets/providers/joinme.toml")),
    ("metered", include_str!("../../assets/providers/metered.toml")),
    ("bigbluebutton", include_str!("../../assets/providers/bigbluebutton.toml")),
    ("whereby", include_str!("../../assets/providers/whereby.toml")),
];

struct Sheet {
    id: String,
    file: String,
    text: std::borrow::Cow<'static, str>,
    page: OnceLock<Result<Arc<Page>, Fault>>,
}

impl Sheet {
    fn page(&self) -> &Result<Arc<Page>, Fault> {
        self.page.get_or_init(|| load::page(&self.text, &self.file).map(Arc::new))
    }
}

/// The providers, in their order.
pub struct Catalog {
    sheets: Vec<Sheet>,
}

impl Catalog {
    /// The pages inside the program.
    pub fn embedded() -> Catalog {
        let sheets = EMBEDDED.iter().map(|(id, text)| Sheet {
            id: (*id).to_owned(),
            file: format!("{id}.toml"),
            text: (*text).into(),
            page: OnceLock::new(),
        });
        Catalog { sheets: sheets.collect() }
    }

    /// Lays a page over the catalog: `id` is the file's name without `.toml`.
    pub fn lay_over(&mut self, id: &str, file: &str, text: String) {
        let sheet =
            Sheet { id: id.to_owned(), file: file.to_owned(), text: text.into(), page: OnceLock::new() };
        match self.sheets.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = sheet,
            None => self.sheets.push(sheet),
        }
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|sheet| sheet.id.as_str())
    }

    /// The page of a provider; none where there is no such provider.
    pub fn page(&self, id: &str) -> Option<Result<Arc<Page>, Fault>> {
        self.sheets.iter().find(|sheet| sheet.id == id).map(|sheet| sheet.page().clone())
    }

    /// A page that can be used.
    pub fn usable(&self, id: &str) -> Option<Arc<Page>> {
        self.page(id).and_then(Result::ok)
    }
}
