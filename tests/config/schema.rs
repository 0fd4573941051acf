//! The schema of the configuration against a validator that knows nothing of us: whatever the tests of this folder call
//! sound is valid, and what a schema can tell to be wrong is not.

use std::sync::{Arc, LazyLock};

use boon::{Compiler, SchemaIndex, Schemas};
use roomkey::config::{Problem, Severity, schema};
use roomkey::domain::page::Page;
use roomkey::provider::catalog::Catalog;
use serde_json::Value;

use super::support::{PROVIDERS, page, said};

struct Judge {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Judge {
    fn new(pages: &[Arc<Page>]) -> Judge {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.add_resource("roomkey.json", schema(pages)).unwrap();
        let index = compiler.compile("roomkey.json", &mut schemas).unwrap();
        Judge { schemas, index }
    }

    /// Nothing where the text is no TOML.
    fn reasons(&self, text: &str) -> Option<Result<(), String>> {
        let table: toml::Table = toml::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text)).ok()?;
        let instance = json(toml::Value::Table(table));
        let verdict = self.schemas.validate(&instance, self.index);
        Some(verdict.map_err(|error| format!("{error:#}")))
    }

    #[track_caller]
    fn accepts(&self, text: &str) {
        if let Some(Err(reasons)) = self.reasons(text) {
            panic!("{reasons}\nof\n{text}");
        }
    }

    #[track_caller]
    fn refuses(&self, text: &str) {
        assert!(!matches!(self.reasons(text), Some(Ok(()))), "the schema takes\n{text}");
    }
}

static TEST_PAGES: LazyLock<Judge> = LazyLock::new(|| Judge::new(&PROVIDERS.map(|id| page(id).unwrap())));
static REAL_PAGES: LazyLock<Judge> = LazyLock::new(|| Judge::new(&real_pages()));

fn real_pages() -> Vec<Arc<Page>> {
    let catalog = Catalog::embedded();
    catalog.ids().map(|id| catalog.usable(id).unwrap()).collect()
}

/// As editors read TOML: dates are texts.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(on) => on.into(),
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, json(value))).collect())
        }
    }
}

/// What a schema can see: a name that is not known, a value of another shape, something that is missing.
const TELLING: [&str; 5] = [": unknown ", ": expected ", ": not one of ", ": missing: ", "must not be empty"];

/// Called for everything the tests of this folder have checked.
#[track_caller]
pub fn agrees(text: &str, problems: &[Problem]) {
    let errors: Vec<&Problem> =
        problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    let tells = |problem: &&Problem| TELLING.iter().any(|word| problem.text.contains(word));
    // What a preset may hold depends on the provider of its profile, which is written elsewhere.
    let of_preset =
        |problem: &&Problem| problem.text.starts_with("presets.") && problem.text.contains(".values.");
    let elsewhere = |problem: &&Problem| problem.text.contains("no such");
    if errors.is_empty() {
        TEST_PAGES.accepts(text);
    } else if errors.iter().any(|problem| tells(problem) && !of_preset(problem) && !elsewhere(problem)) {
        TEST_PAGES.refuses(text);
    }
}

#[test]
fn the_example_is_valid() {
    let example = include_str!("../../config.example.toml");
    REAL_PAGES.accepts(example);
}

/// Every line of the example that is commented out, put to use in the place of the one it is another way to say.
#[test]
fn what_the_example_only_mentions_is_valid_too() {
    let example = include_str!("../../config.example.toml");
    let lines: Vec<&str> = example.lines().collect();
    let key = |line: &str| line.split('=').next().unwrap_or_default().trim().to_owned();
    let mut tried = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(used) = line.strip_prefix("# ").filter(|line| line.contains(" = ")) else { continue };
        if key(used).contains(' ') {
            continue;
        }
        let head = lines[..at].iter().rposition(|line| line.starts_with('[')).unwrap_or(0);
        let end =
            lines[at..].iter().position(|line| line.starts_with('[')).map_or(lines.len(), |end| at + end);
        let replaced = |index: usize| (head..end).contains(&index) && key(lines[index]) == key(used);
        let kept = |index: usize| match index == at {
            true => Some(used),
            false => (!replaced(index)).then(|| lines[index]),
        };
        let text = (0..lines.len()).filter_map(kept).collect::<Vec<_>>().join("\n");
        assert!(toml::from_str::<toml::Table>(&text).is_ok(), "{line}");
        REAL_PAGES.accepts(&text);
        tried += 1;
    }
    assert!(tried >= 8, "only {tried}");
}

#[test]
fn a_valid_configuration_in_every_notation() {
    let whereby = "[profiles.w]\nprovider = \"whereby\"\napi_key = { env = \"K\" }\n";
    for rest in [
        "base_url = \" HTTPS://api.whereby.dev/v1 \"",
        "base_url = \"http://127.0.0.1:8080/whereby/v1\"",
        "base_url = \"http://[::1]:1\"",
        "defaults.endDate = 2026-11-21T16:00:00+01:00",
        "defaults = { endDate = \"in 2h\", isLocked = \"\", fields = [\"hostRoomUrl\", \"viewerRoomUrl\"] }",
        "[profiles.w.defaults]\nrecording.destination = { provider = \"s3\", \"bucket\" = \"b\" }",
        "[profiles.w.defaults]\n\"recording.destination.provider\" = \"s3\"",
        "[profiles.w.defaults.recording]\n\"destination.provider\" = \"s3\"",
        "[profiles.b]\nprovider = \"bigbluebutton\"\nbase_url = \"https://b.example\"\nsecret = \"k\"\n\
         [profiles.b.defaults]\nuserdata-bbb_x = true\nmeta_a.b = 7\n",
        "[profiles.m]\nprovider = \"metered\"\napp = \" Acme \"\nsecret_key = { command = [\"pass\", \"m\"] }",
        "[keys]\nnew = \"n <F10> <lt>\"\nquit = \"\"",
        "[presets.p]\nvalues = { endDate = \"in 1h\" }",
        "[templates.t]\ntext = \"\"\"\nHi\n{guest_link}\"\"\"\nformat = \"mail\"\nsubject = \"x\"",
    ] {
        let text = format!("{whereby}{rest}");
        REAL_PAGES.accepts(&text);
    }
}

#[test]
fn what_is_wrong_is_refused() {
    for text in [
        "agnet = \"Ada\"",
        "motion = \"yes\"",
        "theme = \"drak\"",
        "agent = \"\"",
        "agent = \"a\\nb\"",
        "include = \"x.toml\"",
        "clipboard = { command = [] }",
        "clipboard = { comand = [\"x\"] }",
        "[history]\nkeep_days = 0",
        "[history]\nkeep = 1",
        "[keys]\nnwe = \"n\"",
        "[keys]\nnew = [\"n\"]",
        "[keys]\nnew = \"nn\"",
        "[profiles.w]\napi_key = \"k\"",
        "[profiles.w]\nprovider = \"wereby\"",
        "[profiles.w]\nprovider = \"whereby\"\napi_kye = \"k\"",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = \"k\"\nbase_url = \"http://api.whereby.dev\"",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = \"k\"\nbase_url = \"https://u@api.whereby.dev\"",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = \"\"",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = { env = \"A B\" }",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = { env = \"A\", file = \"b\" }",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = { evn = \"A\" }",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = \"k\"\nconcurrency = 33",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = \"k\"\nlink_hosts = [\"a b\"]",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = \"k\"\ndefaults = { endDat = \"in 2h\" }",
        "[profiles.w]\nprovider = \"whereby\"\napi_key = \"k\"\n[profiles.w.defaults]\nrecording.typ = \"cloud\"",
        "[profiles.b]\nprovider = \"bigbluebutton\"\nsecret = \"k\"",
        "[profiles.b]\nprovider = \"bigbluebutton\"\nbase_url = \"https://b.example\"\nsecret = \"k\"\nchecksum = \"md5\"",
        "[profiles.m]\nprovider = \"metered\"\napp = \"a.b\"\nsecret_key = \"k\"",
        "[presets.p]\noperation = \"crate\"",
        "[presets.p]\nvalue = {}",
        "[presets.p]\noperation = \"create\"\nvalues = { userName = \"x\" }",
        "[presets.p]\nvalues = { endDate = [\"a,b\"] }",
        "[templates.t]\nlang = \"de\"",
        "[templates.t]\ntext = \"x\"\nfor = \"gest\"",
        "[templates.t]\ntext = \"x\"\nsubject = \"only of mails\"",
    ] {
        REAL_PAGES.refuses(text);
    }
}

/// Checked by the loader as well, so that the list above stays one of mistakes.
#[test]
fn the_loader_agrees() {
    assert_eq!(said("[presets.p]\noperation = \"meeting\"\n"), [""; 0]);
    assert_ne!(said("motion = \"yes\""), [""; 0]);
}
