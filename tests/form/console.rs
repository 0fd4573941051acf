//! A form with a keyboard and a screen: keys in notation go in, the plain screen and a hash of its styles come out.
//! Keys mean what the shipped keymap says.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use roomkey::app::action::Action;
use roomkey::app::form::{Draft, Form, FormAction, FormEvent, FormPreset, FormProfile, Ground, Stop};
use roomkey::app::keys::Keys;
use roomkey::config::{Context, Keymap};
use roomkey::domain::key::Key;
use roomkey::domain::page::Page;
use roomkey::provider::catalog::Catalog;
use roomkey::provider::load;
use roomkey::provider::settings::{Setting, Settings};
use roomkey::ui::theme::Theme;

/// A page with a field of every kind.
pub const EVERY: &str = include_str!("every.toml");

pub struct Console {
    pub form: Form,
    pub now: Timestamp,
    pub zone: TimeZone,
    made: u32,
    width: u16,
    height: u16,
    keys: Keys,
}

fn with_ground<T>(now: Timestamp, zone: &TimeZone, made: &mut u32, act: impl FnOnce(&mut Ground) -> T) -> T {
    let count = std::cell::Cell::new(*made);
    let mut rand = || {
        count.set(count.get() + 1);
        format!("rand{:06}", count.get())
    };
    let mut new_id = || "entry-1".to_owned();
    let mut ground = Ground { now, zone, agent: "Ada", rand: &mut rand, new_id: &mut new_id };
    let result = act(&mut ground);
    *made = count.get();
    result
}

pub fn every() -> Arc<Page> {
    Arc::new(load::page(EVERY, "every.toml").unwrap_or_else(|fault| panic!("{fault}")))
}

pub fn shipped(id: &str) -> Arc<Page> {
    Catalog::embedded().usable(id).unwrap_or_else(|| panic!("no page {id}"))
}

pub fn profile(page: Arc<Page>) -> FormProfile {
    let secrets = page.settings.iter().filter(|(_, setting)| setting.secret);
    let mut given: Vec<(String, Setting)> = secrets.map(|(key, _)| (key.clone(), Setting::Hidden)).collect();
    given.push(("app".into(), Setting::Plain("acme".into())));
    if page.settings.get("base_url").is_none_or(|setting| setting.default.is_none()) {
        given.push(("base_url".into(), Setting::Plain("https://rooms.example.com".into())));
    }
    FormProfile {
        name: page.id.clone(),
        settings: Settings::complete(&page, given),
        page,
        defaults: Vec::new(),
        preset: None,
        presets: Vec::new(),
        link_hosts: Vec::new(),
        prefix: "acme".into(),
    }
}

pub fn raw(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Console {
    pub fn open(profile: FormProfile, operation: &str, draft: Draft) -> Console {
        let now: Timestamp = "2026-11-21T13:02:00Z".parse().unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let mut made = 0;
        let form = with_ground(now, &zone, &mut made, |ground| Form::open(profile, operation, draft, ground));
        Console { form, now, zone, made, width: 80, height: 22, keys: Keys::new(&Keymap::shipped().unwrap()) }
    }

    /// The page with every kind of field.
    pub fn every() -> Console {
        Console::open(profile(every()), "make", Draft::default())
    }

    pub fn shipped(id: &str, operation: &str) -> Console {
        Console::open(profile(shipped(id)), operation, Draft::default())
    }

    pub fn sized(mut self, width: u16, height: u16) -> Console {
        (self.width, self.height) = (width, height);
        self
    }

    /// Types keys in notation and gathers what the form asks for.
    pub fn keys(&mut self, keys: &str) -> Vec<FormEvent> {
        let keys = Key::sequence(keys).unwrap_or_else(|fault| panic!("{keys}: {fault}"));
        keys.into_iter().flat_map(|key| self.press(key)).collect()
    }

    pub fn press(&mut self, key: Key) -> Vec<FormEvent> {
        let (form, keys) = (&mut self.form, &self.keys);
        with_ground(self.now, &self.zone, &mut self.made, |ground| {
            if form.wants(key) {
                return form.key(key, ground);
            }
            let contexts: &[Context] = match form.is_picking() {
                true => &[Context::Picker, Context::Text, Context::Form],
                false => &[Context::Form, Context::Text],
            };
            let means = |context: &Context| FormAction::from_id(keys.lookup(*context, key)?.0.id());
            match contexts.iter().find_map(means) {
                Some(action) => form.act(action, ground),
                None => form.key(key, ground),
            }
        })
    }

    pub fn act(&mut self, action: FormAction) -> Vec<FormEvent> {
        let form = &mut self.form;
        with_ground(self.now, &self.zone, &mut self.made, |ground| form.act(action, ground))
    }

    /// Fills the form from a preset.
    pub fn load(&mut self, preset: FormPreset) {
        let (form, name) = (&mut self.form, preset.name.clone());
        form.offer_presets(vec![preset], None);
        with_ground(self.now, &self.zone, &mut self.made, |ground| form.load_preset(Some(&name), ground));
    }

    /// Time has passed.
    pub fn refresh(&mut self) {
        let form = &mut self.form;
        with_ground(self.now, &self.zone, &mut self.made, |ground| form.refresh(ground));
    }

    /// The editor has left this.
    pub fn edited(&mut self, text: &str) -> Vec<FormEvent> {
        let form = &mut self.form;
        with_ground(self.now, &self.zone, &mut self.made, |ground| form.edited(text, ground))
    }

    pub fn paste(&mut self, text: &str) -> Vec<FormEvent> {
        let form = &mut self.form;
        with_ground(self.now, &self.zone, &mut self.made, |ground| form.paste(text, ground))
    }

    /// Puts the cursor on a field by its wire name.
    pub fn at(&mut self, name: &str) -> &mut Console {
        self.form.go_to(name);
        assert_eq!(self.here(), name);
        self
    }

    /// The wire name of the field under the cursor, or the stop.
    pub fn here(&self) -> String {
        match self.form.focus() {
            Stop::Field(index) => self.form.field(index).map_or(String::new(), |(name, ..)| name.to_owned()),
            other => format!("{other:?}"),
        }
    }

    pub fn raw(&self, name: &str) -> Option<String> {
        self.form.raw().into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let area = Rect::new(0, 0, self.width, self.height);
        let mut buffer = Buffer::empty(area);
        let theme = Theme::new(true);
        let key_name = |action: FormAction| {
            Action::from_id(action.id()).map_or(String::new(), |action| self.keys.shown(action).to_owned())
        };
        let cursor =
            roomkey::ui::form::draw(&self.form, area, &mut buffer, theme, &key_name, &mut Default::default());
        (buffer, cursor)
    }

    /// The plain screen.
    pub fn screen(&self) -> String {
        let (buffer, _) = self.buffer();
        let mut out = String::new();
        for y in 0..self.height {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..self.width {
                let symbol = buffer[(x, y)].symbol();
                if skip == 0 {
                    line.push_str(symbol);
                }
                skip = unicode_width::UnicodeWidthStr::width(symbol).max(skip).saturating_sub(1);
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }

    /// The plain screen, the cursor, and a hash that changes with any style.
    pub fn picture(&self) -> String {
        let (buffer, cursor) = self.buffer();
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for cell in &buffer.content {
            for byte in format!("{:?}{:?}{:?}", cell.fg, cell.bg, cell.modifier).bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        let cursor = cursor.map_or("none".into(), |at| format!("{},{}", at.x, at.y));
        format!("{}cursor {cursor} · styles {hash:016x}\n", self.screen())
    }

    /// What the form says in its last line.
    pub fn said(&self) -> &str {
        self.form.said().unwrap_or_default()
    }

    /// The texts of the checks.
    pub fn checks(&self) -> String {
        format!("{:?}", self.form.checks())
    }
}
