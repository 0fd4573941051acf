//! What the screen tells: hostile names stay inside their columns, errors say the next step, many profiles scroll.

use roomkey::app::message::Message;
use roomkey::domain::entry::Entry;
use roomkey::error::{Error, Kind};

use crate::support::console::{Console, profile};
use crate::support::entries::{answer, failed, maybe, morning, whereby};

const SIZE: (u16, u16) = (80, 24);

#[test]
fn hostile_names_keep_the_columns() {
    let names = [
        "plain",
        "\u{1b}[2J\u{1b}]52;c;UFdO\u{7}",
        "rtl \u{202e}moc.live\u{202c}",
        "日本語の会議の名前がとても長い場合にはどうなる",
        "👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦",
        "line\nbreak\ttab",
        "Zoe\u{301} M\u{fc}ller שלום",
        "a\u{200b}\u{200b}\u{200b}b",
    ];
    let entry = |name: &&str| {
        let mut entry = whereby(name, 0);
        entry.profile = (*name).to_owned();
        entry.asked.ticket = Some((*name).to_owned());
        entry
    };
    let mut console = Console::showing(SIZE, names.iter().map(entry).collect::<Vec<Entry>>());
    let buffer = console.buffer().clone();
    let mut glyphs = Vec::new();
    for y in 4..4 + names.len() as u16 {
        let line: Vec<&str> = (0..80).map(|x| buffer[(x, y)].symbol()).collect();
        glyphs.push(line.iter().position(|symbol| *symbol == "+").unwrap());
        assert!(line.iter().all(|symbol| !symbol.chars().any(char::is_control)), "{line:?}");
    }
    assert!(glyphs.iter().all(|at| *at == glyphs[0]), "{glyphs:?}");
    let screen = console.screen();
    assert!(!screen.contains(['\u{202e}', '\u{200b}', '\u{1b}', '\u{7}']));
}

#[test]
fn errors_name_the_next_step() {
    let screen = Console::showing(SIZE, vec![failed(0)]).screen();
    assert!(
        screen.contains("Metered refused the key") && screen.contains("check secret_key of profile metered")
    );
    assert!(screen.contains("x failed 401 key") && screen.contains("nothing was created"));
    let screen = Console::showing(SIZE, vec![maybe(0)]).screen();
    assert!(
        screen.contains("? maybe check") && screen.contains("look for the meeting in the dashboard"),
        "{screen}"
    );
}

#[test]
fn what_a_job_became_is_said() {
    let mut console = Console::demo(SIZE);
    console.keys("N");
    let (job, plan) = console.call();
    let error = Error::new(Kind::Network, "could not reach www.bunch.community").hint("check the network");
    console.finish(job, plan.not_created(error));
    assert!(console.said().contains("could not reach www.bunch.community · check the network"));
    assert!(console.screen().contains("x failed network"));
    console.send(Message::Trouble(Error::other("the history cannot be written").hint("free some space")));
    assert_eq!(console.said(), "the history cannot be written · free some space");
}

#[test]
fn an_answer_that_comes_twice_or_for_nobody_changes_nothing() {
    let mut console = Console::demo(SIZE);
    console.keys("N");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    let before = console.screen();
    console.send(Message::JobDone(job, Box::new(answer(&plan))));
    console.send(Message::JobDone(99, Box::new(answer(&plan))));
    console.send(Message::Sent(99));
    assert_eq!(console.screen(), before);
}

#[test]
fn many_profiles_scroll_and_the_current_one_is_seen() {
    let profiles: Vec<_> =
        (1..=30).map(|n| profile(&format!("customer-number-{n:02}"), "whereby", "api_key")).collect();
    for size in [(60, 15), SIZE, (124, 30), (160, 20)] {
        let mut console = Console::with(size, profiles.clone(), false);
        for n in [1, 9, 17, 30] {
            console.model.choose_profile(n - 1);
            let name = format!("customer-number-{n:02}");
            assert!(console.screen().contains(&name), "{name} at {size:?}: {}", console.screen());
        }
    }
}

#[test]
fn the_demo_says_that_nothing_is_real() {
    let mut console = Console::demo(SIZE);
    assert!(console.screen().contains("sandbox: nothing here is real"));
    console.keys("N");
    assert!(console.screen().contains("sandbox: nothing here is real"));
}

#[test]
fn footers_offer_only_what_does_something_now() {
    let mut console = Console::demo(SIZE);
    let footer = |console: &mut Console| console.screen().lines().skip(22).collect::<Vec<_>>().join(" ");
    let empty = footer(&mut console);
    assert!(!empty.contains("stop") && !empty.contains("copy") && empty.contains("q quit"), "{empty}");
    console.keys("N");
    assert!(footer(&mut console).contains("x stop"));
    let mut console = Console::showing(SIZE, morning());
    let done = footer(&mut console);
    assert!(!done.contains("stop") && done.contains("y copy") && done.contains("Y host"), "{done}");
}

#[test]
fn counts_by_state_stand_in_the_header() {
    let mut console = Console::showing(SIZE, morning());
    assert!(console.screen().contains("+3 live   !1 ending   ?1 maybe"));
    console.wait(121_000);
    assert!(
        console.screen().contains("+4 live   ?1 maybe"),
        "the presenter link has ended: {}",
        console.screen()
    );
}

#[test]
fn a_terminal_too_small_to_see_anything_in_takes_no_orders() {
    let mut console = Console::showing((59, 14), morning());
    console.keys("NyYm5Nd<Enter>RC?:").click(3, 5).paste("x");
    assert!(console.effects.is_empty() && console.model.layers.is_empty(), "{}", console.screen());
    console.keys("<C-l>");
    assert_eq!(console.effects.len(), 1, "drawing anew is allowed");
    console.resize(60, 15).keys("y");
    assert!(console.effects.len() > 1, "and everything again where it is seen");
}

#[test]
fn keys_named_with_a_message_lead_only_where_they_did() {
    let mut console = Console::showing(SIZE, morning());
    console.keys("5N");
    let (job, plan) = console.call();
    console.finish(job, answer(&plan));
    assert!(console.screen().contains("is ready   y copies the link"), "{}", console.screen());
    console.keys("j");
    let screen = console.screen();
    assert!(screen.contains("is ready") && !screen.contains("y copies the link"), "{screen}");
    console.keys("k");
    assert!(console.screen().contains("y copies the link"));
}

#[test]
fn what_was_copied_is_said_whole_at_eighty_columns() {
    let mut console = Console::showing(SIZE, morning());
    let long = "Sent the HOST link (124 characters)";
    let said = roomkey::app::said::Said::good(long)
        .aside("not for customers · stays until you copy something else · OSC 52, cannot be confirmed");
    console.model.say(said.hint(roomkey::app::action::Action::BareLink, "shows it"));
    let screen = console.screen();
    let lines: Vec<&str> = screen.lines().map(str::trim_end).collect();
    let at = lines.iter().position(|line| line.contains(long)).unwrap();
    assert_eq!(lines[at], " Sent the HOST link (124 characters) · not for customers · stays until you copy");
    assert_eq!(lines[at + 1], " something else · OSC 52, cannot be confirmed   K shows it");
    assert!(lines[at + 2].ends_with("? help  q quit"), "{screen}");
}

#[test]
fn a_filter_that_hides_all_is_not_called_an_empty_list() {
    let mut console = Console::showing(SIZE, morning());
    for key in ["y", "d", "C", "m", "t", "<F5>"] {
        console.keys("/zzz<Enter>").keys(key);
        assert_eq!(console.said(), "No entry is shown: Esc shows all", "{key}");
        console.keys("<Esc>");
        assert_eq!(console.model.said, None, "{key}");
    }
}

#[test]
fn what_is_wrong_with_the_configuration_can_be_read_whole() {
    let mut console = Console::showing(SIZE, Vec::new());
    let unknown = "config.toml:2:1: agnet: unknown key, did you mean agent?";
    let missing =
        "config.toml:6:11: profiles.bbb: BigBlueButton needs a base_url, the address of your server";
    console.model.banner = Some(unknown.into());
    assert!(console.screen().lines().next().unwrap().contains(unknown), "{}", console.screen());
    console.model.banner = Some(format!("{unknown} · {missing}"));
    let first = console.screen().lines().next().unwrap().trim_end().to_owned();
    assert!(first.contains("agnet: unknown key") && first.ends_with("…  ? reads it"), "{first}");
    let help = console.keys("?").screen();
    assert!(help.contains(unknown) && help.contains("BigBlueButton needs a base_url, the address"), "{help}");
}
