//! What the tests of this folder share: pages, fixtures, and a plan made the way the command line makes one.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;

use roomkey::domain::entry::Asked;
use roomkey::domain::page::{Example, Page};
use roomkey::domain::secret::Secret;
use roomkey::provider::catalog::Catalog;
use roomkey::provider::compose::{Raw, Start, compose, unknown};
use roomkey::provider::generate::Pieces;
use roomkey::provider::load;
use roomkey::provider::plan::Plan;
use roomkey::provider::settings::{Setting, Settings};
use roomkey::provider::validate::{Checked, Context, validate};

pub const PROVIDERS: [&str; 5] = ["bunch", "joinme", "metered", "bigbluebutton", "whereby"];

pub fn page(id: &str) -> Arc<Page> {
    match Catalog::embedded().page(id) {
        Some(Ok(page)) => page,
        Some(Err(fault)) => panic!("{fault}"),
        None => panic!("no page {id}"),
    }
}

pub fn fixture<T: DeserializeOwned>(provider: &str, name: &str) -> T {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/fixtures").join(provider).join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    load::table(&text, &path.display().to_string()).unwrap_or_else(|fault| panic!("{fault}"))
}

pub fn settings(page: &Page, given: &[(String, String)]) -> Settings {
    let setting = |key: &str, value: &str| match page.settings.get(key) {
        Some(spec) if spec.secret => Setting::Secret(Secret::new(value)),
        Some(_) => Setting::Plain(value.to_owned()),
        None => panic!("{} has no setting {key}", page.id),
    };
    Settings::complete(page, given.iter().map(|(k, v)| (k.clone(), setting(k, v))).collect())
}

pub fn pieces() -> Pieces {
    Pieces {
        now: "2026-11-21T14:00:00Z".parse::<Timestamp>().unwrap().to_zoned(TimeZone::UTC),
        rand: "k3v9x2m1q8".into(),
        prefix: String::new(),
        ticket: String::new(),
        agent: "Ada".into(),
    }
}

/// Typed values of an operation as validation understands them.
pub fn understand(page: &Page, operation: &str, typed: &Raw, settings: &Settings, now: Timestamp) -> Checked {
    let spec = page.operation(operation).unwrap_or_else(|| panic!("{} has no {operation}", page.id));
    let strangers = unknown(spec, typed);
    assert!(strangers.is_empty(), "{} {operation} has no field {strangers:?}", page.id);
    let raw = compose(spec, Start::Plain, &[typed], &mut pieces);
    validate(spec, &raw, &Context { now, zone: &TimeZone::UTC, settings })
}

pub fn plan(page: &Arc<Page>, operation: &str, checked: Checked, now: Timestamp) -> Plan {
    Plan {
        id: "e1".into(),
        created_at: now,
        profile: "test".into(),
        page: page.clone(),
        operation: operation.into(),
        values: checked.values,
        asked: Asked::default(),
        agent: "Ada".into(),
        link_hosts: Vec::new(),
        among_many: false,
    }
}

pub fn typed(values: &roomkey::domain::keyed::Keyed<roomkey::domain::literal::Literal>) -> Raw {
    values.iter().map(|(name, value)| (name.clone(), value.typed())).collect()
}

pub fn now_of(example: &Example) -> Timestamp {
    example.now.as_deref().unwrap_or("2026-11-21T14:00:00Z").parse().expect("a time")
}
