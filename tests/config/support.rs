//! Pages for the tests, and a short way to write down what is expected.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use roomkey::config::{Config, Problem};
use roomkey::domain::page::Page;

pub const PROVIDERS: [&str; 5] = ["bunch", "joinme", "metered", "bigbluebutton", "whereby"];

static PAGES: LazyLock<BTreeMap<String, Arc<Page>>> = LazyLock::new(|| {
    toml::from_str::<BTreeMap<String, Page>>(include_str!("pages.toml"))
        .unwrap()
        .into_iter()
        .map(|(id, page)| (id, Arc::new(page)))
        .collect()
});

pub fn page(id: &str) -> Option<Arc<Page>> {
    PAGES.get(id).cloned()
}

pub fn parse(text: &str) -> Config {
    Config::parse(text, "c.toml")
}

/// Everything `config check` would say, a line each. The schema must agree as far as it can tell.
#[track_caller]
pub fn said(text: &str) -> Vec<String> {
    let problems = parse(text).check(&PROVIDERS, &page);
    super::schema::agrees(text, &problems);
    lines(&problems)
}

pub fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(Problem::to_string).collect()
}

/// The one thing said about a text.
#[track_caller]
pub fn only(text: &str) -> String {
    match said(text).as_slice() {
        [one] => one.clone(),
        other => panic!("expected one problem of\n{text}\nbut got {other:#?}"),
    }
}
