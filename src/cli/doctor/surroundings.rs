//! Where the program runs: the way to the clipboard, the terminal, programs it would start, clock and network. Read
//! from the environment; tmux alone is asked, for no longer than 0.3 seconds.

use crate::config::Config;
use crate::domain::clipboard::Route;
use crate::ports::clipboard::{Way, tmux};
use crate::ports::clock::{self, Clock};
use crate::ports::paths::Lookup;
use crate::ports::{browser, editor, http, programs, terminal};

use super::fact::Facts;

/// Before this year no clock of today is right.
const FIRST_YEAR: i16 = 2025;

pub(super) fn look(config: &Config, env: Lookup<'_>, facts: &mut Facts) {
    clipboard(config, env, facts);
    screen(config, env, facts);
    helpers(env, facts);
    time(config, facts);
    facts.about("network");
    match http::proxy::in_use(env) {
        Some(proxy) => facts.note("proxy", proxy, "it sees which hosts are called"),
        None => facts.ok("proxy", "none"),
    }
}

fn set(env: Lookup<'_>, name: &str) -> Option<String> {
    env(name)?.into_string().ok().filter(|value| !value.is_empty())
}

fn clipboard(config: &Config, env: Lookup<'_>, facts: &mut Facts) {
    facts.about("clipboard");
    let way = Way::find(&config.clipboard(), env);
    let route = match &way.route {
        Route::Command(_) => "your own command".to_owned(),
        route => route.name(),
    };
    let says = format!("{route}: {}", way.why());
    let missing = match &way.route {
        Route::Command(argv) => argv.first().filter(|name| programs::find(name, env).is_none()).is_some(),
        Route::Tmux => programs::find("tmux", env).is_none(),
        _ => false,
    };
    match &way.route {
        _ if missing => {
            facts.problem("way", format!("{says}; that program is not there"), "install it, or set clipboard")
        }
        Route::None => facts.note("way", says, "K shows the link alone, for selection by hand"),
        Route::Osc52 => facts.note(
            "way",
            format!("{says}; cannot be confirmed"),
            "nothing arrives? K shows the link alone",
        ),
        _ => facts.ok("way", says),
    }
    let next =
        way.next().map_or_else(|| "the link alone, for selection by hand".to_owned(), |next| next.name());
    facts.ok("after that", next);
    if way.here.tmux {
        ask_tmux(&way.route, facts);
    }
    if way.here.screen {
        facts.note("screen", "GNU screen may keep OSC 52 to itself", "set clipboard to a command of yours");
    }
}

fn ask_tmux(route: &Route, facts: &mut Facts) {
    let matters = *route == Route::Osc52;
    let todo = "tmux set -s set-clipboard on";
    match tmux::set_clipboard().as_deref() {
        Some(value @ ("external" | "off")) if matters => {
            facts.problem("set-clipboard", format!("{value}: tmux drops what OSC 52 copies"), todo);
        }
        Some("off") => facts.note("set-clipboard", "off: tmux hands nothing on to its terminal", todo),
        Some(value) => facts.ok("set-clipboard", value),
        None => {
            facts.note("set-clipboard", "tmux did not answer within 0.3 s", "is it the tmux of this session?")
        }
    }
}

fn screen(config: &Config, env: Lookup<'_>, facts: &mut Facts) {
    facts.about("terminal");
    match terminal::missing() {
        Some(stream) => facts.ok("size", format!("not asked: {stream} is no terminal here")),
        None => match terminal::size() {
            (columns, rows) if columns < 60 || rows < 15 => {
                facts.note("size", format!("{columns}x{rows}"), "the console needs 60x15");
            }
            (columns, rows) => facts.ok("size", format!("{columns}x{rows}")),
        },
    }
    match set(env, "TERM") {
        Some(term) if term == "dumb" => facts.problem("TERM", term, "start it in a terminal"),
        Some(term) => facts.ok("TERM", term),
        None => facts.note("TERM", "not set", "set TERM to the name of your terminal"),
    }
    let colours = match (terminal::has_colours(env), config.theme()) {
        (false, _) => "off: NO_COLOR or TERM says so",
        (_, "mono") => "off: theme says so",
        _ => "on",
    };
    facts.ok("colours", colours);
    let within = [("TMUX", "tmux"), ("STY", "GNU screen"), ("ZELLIJ", "zellij")];
    let within: Vec<&str> =
        within.into_iter().filter(|(name, _)| set(env, name).is_some()).map(|(_, n)| n).collect();
    facts.ok("inside", if within.is_empty() { "nothing".to_owned() } else { within.join(", ") });
    let way = Way::find(&config.clipboard(), env);
    facts.ok("over ssh", if way.here.ssh { "yes" } else { "no" });
    facts.ok("mouse", if config.mouse() { "the console's" } else { "the terminal's" });
    facts.ok("hyperlinks", if config.hyperlinks() { "on" } else { "off" });
    characters(config, env, facts);
}

fn characters(config: &Config, env: Lookup<'_>, facts: &mut Facts) {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| set(env, name));
    let is_utf8 = |locale: &String| {
        let low = locale.to_lowercase();
        low.contains("utf-8") || low.contains("utf8")
    };
    match locale {
        _ if config.ascii() => facts.ok("characters", "ASCII: the configuration says so"),
        Some(locale) if is_utf8(&locale) => facts.ok("characters", format!("Unicode ({locale})")),
        Some(locale) if !cfg!(windows) => {
            facts.note("characters", format!("{locale} names no UTF-8"), "set LANG to a UTF-8 locale");
        }
        _ if cfg!(unix) && !cfg!(target_os = "macos") => {
            facts.note("characters", "no locale is set", "set LANG to a UTF-8 locale");
        }
        _ => facts.ok("characters", "Unicode"),
    }
}

fn helpers(env: Lookup<'_>, facts: &mut Facts) {
    facts.about("programs");
    let way = Way::find(&crate::domain::clipboard::Choice::Auto, env);
    match browser::find(env) {
        _ if way.here.ssh => facts.ok("browser", "over ssh links are shown instead"),
        Some(name) => facts.ok("browser", name),
        None => facts.note("browser", "none was found: links are shown instead", "set BROWSER"),
    }
    let command = editor::command(env).to_string_lossy().into_owned();
    let name = command.split_whitespace().next().unwrap_or_default().to_owned();
    match programs::find(&name, env) {
        Some(_) => facts.ok("editor", name),
        None => facts.note("editor", format!("{name} is not there"), "set EDITOR to the one you like"),
    }
}

fn time(config: &Config, facts: &mut Facts) {
    facts.about("time");
    let zone = config.zone_by(clock::zone);
    let whose = match &zone {
        Ok(Some(_)) => "of the configuration",
        _ => "of this machine",
    };
    if zone.is_err() {
        facts.misconfigured("zone", "there is no zone of that name", "roomkey config check");
    }
    let clock = Clock::system(zone.ok().flatten());
    let now = clock.now().to_zoned(clock.zone().clone());
    let name = clock.zone().iana_name().unwrap_or("without a name").to_owned();
    facts.ok("zone", format!("{name}, {whose}"));
    let shown = now.strftime("%Y-%m-%d %H:%M %z").to_string();
    match now.year() < FIRST_YEAR {
        true => facts.problem("clock", format!("{shown} is long past"), "set the clock"),
        false => facts.ok("clock", shown),
    }
}
