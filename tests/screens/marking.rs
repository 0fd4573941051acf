//! Marks: many links or messages with one key, never a host link among them; and tickets, of one entry or of many.

use roomkey::app::effect::Effect;
use roomkey::app::message::Message;
use roomkey::domain::clipboard::Care;
use roomkey::error::{Error, Kind};

use crate::support::console::{Console, profiles};
use crate::support::entries::{bunch, joinme, maybe, moderator, morning, whereby};

const SIZE: (u16, u16) = (80, 24);

/// The tickets to be kept.
fn kept(console: &mut Console) -> Vec<(String, Option<String>)> {
    let taken = std::mem::take(&mut console.effects);
    let kept = taken.into_iter().map(|effect| match effect {
        Effect::KeepTicket(entry) => (entry.name.to_string(), entry.asked.ticket),
        other => panic!("{other:?}"),
    });
    kept.collect()
}

#[test]
fn space_marks_and_one_key_copies_a_line_for_each() {
    let mut console = Console::showing(SIZE, morning());
    console.keys("<Space> <Space>");
    insta::assert_snapshot!(console.shot());
    console.press("y");
    let text = console.clipboard.clone().unwrap();
    let lines: Vec<&str> = text.split('\n').collect();
    assert_eq!(lines.len(), 2, "{text:?}");
    assert!(lines.iter().all(|line| line.starts_with("https://") && !line.contains(' ')), "{text:?}");
    assert_eq!(lines[1], "https://acme.whereby.com/onb-7f3c", "in the order they were made");
    let said = format!("Sent 2 links for guests ({} characters) · OSC 52, cannot be confirmed", text.len());
    assert_eq!(console.said(), said);
}

#[test]
fn the_marks_stay_until_esc_and_then_the_filter_goes() {
    let mut console = Console::showing(SIZE, morning());
    console.keys("/ T-48 <Enter> <Space> <Space> <Space>");
    assert!(console.screen().contains("3 marked"), "{}", console.screen());
    console.press("y y");
    assert!(console.screen().contains("3 marked"));
    console.keys("<Esc>");
    assert_eq!(console.said(), "Nothing is marked any more");
    assert!(!console.screen().contains("3 marked") && console.screen().contains("filter: T-48"));
    console.keys("<Esc>");
    assert!(!console.screen().contains("filter: T-48"));
    // Once more takes a mark back.
    console.keys("<Space> k <Space>");
    assert!(!console.screen().contains("1 marked"), "{}", console.screen());
}

#[test]
fn one_mark_is_that_row_and_its_copy_holds_the_link_and_nothing_else() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", 0)]);
    console.keys("<Space>");
    assert_eq!(console.model.rows.selected().unwrap().name.to_string(), "Ms Oshafi");
    console.press("y");
    assert_eq!(console.clipboard.as_deref(), Some("https://acme.whereby.com/onb-7f3c"));
    assert!(console.said().starts_with("Sent the guest link"), "{}", console.said());
}

#[test]
fn host_links_are_never_among_many() {
    let entries = vec![moderator("Mr Host", -120), joinme("Share", -60), whereby("ACME", 0)];
    let mut console = Console::showing(SIZE, entries);
    console.keys("<Space> <Space> <Space>");
    console.press("y");
    let text = console.clipboard.take().unwrap();
    assert_eq!(text.lines().count(), 2, "{text}");
    assert!(!text.contains("roomKey") && !text.contains("HOST") && !text.contains("moderator"), "{text}");
    assert!(console.said().contains("2 links for guests, 1 left out"), "{}", console.said());
    console.press("Y");
    assert_eq!(console.clipboard, None);
    assert!(console.said().starts_with("Host links are copied one by one"), "{}", console.said());
    console.press("M hand <Enter>");
    assert_eq!(console.clipboard, None);
    assert!(console.said().starts_with("Host links are copied one by one"), "{}", console.said());
    for _ in 0..2 {
        console.press("m");
        let text = console.clipboard.take().unwrap();
        assert!(!text.contains("roomKey"), "{text}");
    }
}

#[test]
fn nothing_to_copy_is_said() {
    let mut console = Console::showing(SIZE, vec![moderator("Mr Host", -60), maybe(0)]);
    console.keys("<Space> <Space>");
    console.press("y");
    assert_eq!(console.clipboard, None);
    assert!(console.said().starts_with("No marked entry has a link for guests"), "{}", console.said());
}

#[test]
fn the_message_of_many_is_one_block_of_all_that_is_marked() {
    let mut console =
        Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", -30), whereby("Late", 0)]);
    console.keys("<Space> j <Space>");
    console.press("m");
    let text = console.clipboard.take().unwrap();
    assert!(text.contains("Ms Oshafi") && text.matches("onb-7f3c").count() == 1, "{text}");
    assert!(console.said().starts_with("Sent the message roster for 2"), "{}", console.said());
    console.press("M chat <Enter>");
    let text = console.clipboard.take().unwrap();
    assert_eq!(text.matches("Hello, here is").count(), 2, "{text}");
    assert_eq!(text.matches("\n\n").count(), 1, "{text}");
}

#[test]
fn while_one_entry_is_looked_at_it_alone_is_meant() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", 0)]);
    console.keys("<Space> <Space> g i");
    console.press("y");
    assert_eq!(console.clipboard.as_deref(), Some("https://acme.whereby.com/onb-7f3c"));
}

#[test]
fn a_copy_that_failed_is_shown_whole() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", 0)]);
    console.keys("<Space> <Space> y");
    let Some(Effect::Copy(copy)) = console.effects.last() else { panic!("no copy") };
    assert_eq!(copy.care, Care::Plain);
    console.refuse(Error::new(Kind::Clipboard, "the clipboard does not answer"));
    assert!(console.screen().contains("https://acme.whereby.com/onb-7f3c"), "{}", console.screen());
    assert!(matches!(console.effects.pop(), Some(Effect::Copy(copy)) if copy.by_terminal));
}

#[test]
fn marks_go_with_their_rows() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", 0)]);
    console.keys("<Space> <Space>");
    let id = console.model.rows.selected().unwrap().entry().unwrap().id.clone();
    console.send(Message::Gone(vec![id]));
    assert!(console.screen().contains("1 marked"), "{}", console.screen());
}

#[test]
fn a_ticket_is_typed_kept_and_found() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", 0)]);
    console.model.remembers = true;
    console.keys("t T-77 <Backspace> 8");
    insta::assert_snapshot!(console.shot());
    console.keys("<Enter>");
    assert_eq!(kept(&mut console), [("ACME".to_owned(), Some("T-78".to_owned()))]);
    assert_eq!(console.said(), "Ticket T-78: ACME");
    assert!(console.screen().lines().any(|line| line.contains("ACME") && line.contains("T-78")));
    console.keys("/ t-78 <Enter>");
    assert_eq!(console.model.rows.len(), 1);
    // The same again is nothing, and an empty one takes it away.
    console.keys("t <Enter>");
    assert_eq!((kept(&mut console), console.said().as_str()), (vec![], "The ticket is as it was"));
    console.keys("t <C-u> <Enter>");
    assert_eq!(kept(&mut console), [("ACME".to_owned(), None)]);
    assert_eq!(console.said(), "No ticket any more: ACME");
}

#[test]
fn esc_leaves_the_ticket_as_it_was_and_letters_are_letters() {
    let mut console = Console::showing(SIZE, vec![whereby("ACME", 0)]);
    console.keys("t qNy? <Esc>");
    assert!(console.effects.is_empty() && console.model.layers.is_empty());
    console.keys("t").paste("T-1\r\nmore\u{1b}[2J").keys("<Enter>");
    let kept = kept(&mut console);
    let ticket = kept[0].1.as_deref().unwrap();
    assert!(!ticket.contains(char::is_control), "{ticket:?}");
    assert!(console.said().ends_with("for this run"), "{}", console.said());
}

#[test]
fn a_ticket_can_be_given_to_all_that_is_marked() {
    let mut console = Console::showing(SIZE, vec![bunch("Ms Oshafi", -60), whereby("ACME", 0)]);
    console.keys("<Space> <Space> t T-5 <Enter>");
    let names = ["Ms Oshafi", "ACME"].map(|name| (name.to_owned(), Some("T-5".to_owned())));
    assert_eq!(kept(&mut console), names);
    console.keys("<Esc> G M roster");
    console.press("<Enter>");
    let text = console.clipboard.take().unwrap();
    assert!(text.contains("Ms Oshafi") && text.contains("onb-7f3c"), "a roster of the ticket: {text}");
}

#[test]
fn what_is_still_being_created_has_no_ticket_yet() {
    let mut console = Console::with(SIZE, profiles(), false);
    console.keys("5N t");
    assert!(console.model.layers.is_empty());
    assert_eq!(console.said(), "A ticket can be given once the answer is there");
}

#[test]
fn the_details_take_a_ticket_too() {
    let mut console = Console::showing((120, 40), vec![whereby("ACME", 0)]);
    console.keys("i t T-9");
    assert!(console.screen().contains("Ticket of ACME  T-9"), "{}", console.screen());
    console.keys("<Enter>");
    assert!(console.screen().contains("T-9"), "{}", console.screen());
    assert_eq!(kept(&mut console).len(), 1);
}
