//! Many people at once: the list, the table with what is wrong in it, and the batch with all that can happen to it.

use roomkey::app::effect::Effect;
use roomkey::app::message::{JobId, Message};
use roomkey::domain::entry::State;
use roomkey::error::{Error, Kind};
use roomkey::provider::plan::Plan;

use crate::support::console::Console;
use crate::support::entries::{answer, unanswered};

const SIZE: (u16, u16) = (80, 24);
const LIST: &str = "Ada Lovelace, ada@example.com, host\nBob, bob@example.com\nEve <eve@example.com>\n";

/// Bunch with a list in its table.
fn table(list: &str) -> Console {
    let mut console = Console::demo(SIZE);
    console.keys("1 P").paste(list).keys("<F2>");
    console
}

fn twenty() -> String {
    (0..20).map(|n| format!("p{n}\n")).collect()
}

fn counts(console: &Console) -> roomkey::app::people::batch::Counts {
    console.model.people.as_ref().unwrap().batch.as_ref().unwrap().counts()
}

#[track_caller]
fn made(console: &mut Console, call: &(JobId, Plan)) {
    console.finish(call.0, answer(&call.1));
}

#[track_caller]
fn refused(console: &mut Console, call: &(JobId, Plan), kind: Kind, wait: Option<u64>) {
    let mut error = Error::new(kind, "no");
    error.wait = wait;
    console.finish(call.0, call.1.not_created(error));
}

/// What was asked for under a wire name.
fn value(plan: &Plan, name: &str) -> Option<String> {
    plan.asked.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

#[test]
fn a_list_becomes_a_table_and_then_a_link_each() {
    let mut console = Console::demo(SIZE);
    insta::assert_snapshot!(console.keys("1 P").shot());
    insta::assert_snapshot!(console.paste(LIST).shot());
    insta::assert_snapshot!(console.keys("<F2>").shot());
    console.keys("<F2>");
    let calls = console.calls();
    assert_eq!(calls.len(), 3);
    let (ada, bob) = (&calls[0].1, &calls[1].1);
    assert_eq!(value(ada, "userName").as_deref(), Some("Ada Lovelace"));
    assert_eq!(value(ada, "userEmail").as_deref(), Some("ada@example.com"));
    assert_eq!((value(ada, "moderator").as_deref(), value(bob, "moderator")), (Some("true"), None));
    assert_ne!(ada.id, bob.id);
    calls.iter().for_each(|call| made(&mut console, call));
    assert_eq!(console.said(), "3 made");
    insta::assert_snapshot!(console.shot());
    console.keys("y").refuse(Error::new(Kind::Clipboard, "could not copy"));
    console.perform();
    let block = console.clipboard.clone().unwrap();
    assert!(block.lines().all(|line| line.contains(": https://")), "{block}");
    assert!(console.said().starts_with("Sent the links of "), "{}", console.said());
    console.keys("<Esc>");
    assert_eq!(console.model.rows.total(), 3, "every row is an entry of the list");
}

#[test]
fn nothing_is_sent_while_a_row_is_wrong() {
    let mut console = table("Ada\nBob, bob@\nAda\n");
    let screen = console.keys("<F2>").screen();
    assert!(console.effects.is_empty());
    assert_eq!(console.said(), "Nothing was sent: 2 rows need you");
    assert!(
        screen.contains("Line 2: this is no e-mail address") && screen.contains("x the same as"),
        "{screen}"
    );
    console.keys("d d <F2>");
    assert_eq!(console.calls().len(), 1);
}

#[test]
fn what_is_wrong_with_a_row_is_read_at_full_length() {
    let mut console = table("Ada\nAlan Turing, alan@example.com, boss\nEve\n");
    assert!(console.screen().contains("Line 2: `boss` is no role: host or guest"), "{}", console.screen());
    console.keys("d <F2>");
    let calls = console.calls();
    made(&mut console, &calls[0]);
    let error = Error::new(Kind::Refused, "the service refused the room of that name, which is another's")
        .hint("choose another name");
    console.finish(calls[1].0, calls[1].1.not_created(error));
    let whole = "Line 3: the service refused the room of that name, which is another's · ch";
    assert!(console.screen().contains(whole), "{}", console.screen());
    insta::assert_snapshot!(console.shot());
    assert!(!console.keys("k").screen().contains(whole));
}

#[test]
fn the_gauge_leaves_room_for_what_it_says() {
    let mut console = table(&twenty());
    console.keys("<F2>");
    let calls = console.calls();
    made(&mut console, &calls[0]);
    refused(&mut console, &calls[1], Kind::Refused, None);
    console.finish(calls[2].0, unanswered(&calls[2].1, Error::new(Kind::Timeout, "no answer came")));
    refused(&mut console, &calls[3], Kind::RateLimited, Some(3599));
    let wanted = "3 of 20 · 1 failed · 1 may exist · too many calls: on in 59m";
    assert!(console.screen().contains(wanted), "{}", console.screen());
}

#[test]
fn the_keys_say_what_they_do_now() {
    let mut console = table(&twenty());
    console.keys("<F2>");
    let calls = console.calls();
    let screen = console.screen();
    assert!(screen.contains("p pause") && !screen.contains("retry"), "{screen}");
    assert!(console.keys("p").screen().contains("p go on"));
    console.keys("p x");
    calls.iter().for_each(|call| made(&mut console, call));
    let screen = console.screen();
    assert!(
        screen.contains("e new list") && screen.contains("r retry") && !screen.contains("R retry"),
        "{screen}"
    );
}

#[test]
fn a_list_that_has_not_begun_goes_along_to_another_profile() {
    let mut console = Console::demo(SIZE);
    console.keys("4 P").paste("Ada\nBob\n").keys("<F2>");
    assert!(console.screen().contains("bbb › Sign a join link"), "{}", console.screen());
    console.keys("<Esc> 5 P");
    let screen = console.screen();
    assert!(screen.contains("whereby › ") && screen.contains("one room per line"), "{screen}");
    console.keys("<F2> <F2>");
    let calls = console.calls();
    assert_eq!(calls.len(), 2, "{}", console.screen());
    assert!(calls.iter().all(|(_, plan)| plan.profile == "whereby"));
    console.keys("<Esc> 1 P");
    assert!(console.screen().contains("whereby › "), "a batch under way is shown whatever is chosen");
    assert_eq!(console.said(), "The batch of whereby is still under way · a new list begins when it is over");
}

#[test]
fn a_new_list_asks_before_it_gives_up_rows_without_a_link() {
    let mut console = table("Ada\nBob\n");
    console.keys("<F2>");
    let calls = console.calls();
    made(&mut console, &calls[0]);
    refused(&mut console, &calls[1], Kind::Refused, None);
    console.keys("e");
    assert!(console.screen().contains("1 row has no link."), "{}", console.screen());
    console.keys("<Enter>");
    assert_eq!(counts(&console).failed, 1, "the first answer changes nothing");
    console.keys("r");
    let call = console.call();
    console.keys("<Esc> 4 P");
    made(&mut console, &call);
    console.keys("e");
    let people = console.model.people.as_ref().unwrap();
    assert!(people.batch.is_none() && people.lines.is_empty() && people.text.is_empty());
    assert_eq!(people.profile, "bbb", "the new list is for the profile chosen meanwhile");
}

#[test]
fn roles_are_changed_in_the_table() {
    let mut console = table("Ada\nBob\n");
    console.keys("<Space> j <Space><Space> <F2>");
    let calls = console.calls();
    let roles = [value(&calls[0].1, "moderator"), value(&calls[1].1, "moderator")];
    assert_eq!(roles, [Some("true".into()), Some("false".into())]);
}

#[test]
fn the_other_operations_make_a_room_per_line_in_their_alphabet() {
    let mut console = Console::demo(SIZE);
    console.keys("3 P").paste("Zoë Müßig\nTeam & Co\nZoe Müßig\n").keys("<F2>");
    let screen = console.screen();
    assert!(screen.contains("one room per line") && screen.contains("same room as line 1"), "{screen}");
    console.keys("jj d <F2>");
    let calls = console.calls();
    let names = [value(&calls[0].1, "roomName"), value(&calls[1].1, "roomName")];
    assert_eq!(names, [Some("Zoe-Muessig".into()), Some("Team-Co".into())]);
    assert_eq!(calls[0].1.asked.title.as_deref(), Some("Zoë Müßig"));
}

#[test]
fn a_meeting_is_made_first_and_then_a_link_per_person() {
    let mut console = Console::demo(SIZE);
    console.keys("4 P").paste("Ada, , host\nBob\n").keys("<F2> <F2>");
    let meeting = console.call();
    assert_eq!(meeting.1.operation, "meeting");
    made(&mut console, &meeting);
    let calls = console.calls();
    assert_eq!(calls.len(), 2);
    for (_, plan) in &calls {
        assert_eq!(plan.operation, "join-link");
        assert_eq!(value(plan, "meetingID"), value(&meeting.1, "meetingID"));
    }
    let roles = [value(&calls[0].1, "role").unwrap(), value(&calls[1].1, "role").unwrap()];
    assert_eq!(roles, ["MODERATOR", "VIEWER"]);
}

#[test]
fn what_a_list_says_of_the_meeting_is_said_once() {
    let list = "name,meetingID,record\nAda,a-1,true\nBob,a-1,\nEve,b-2,true\n";
    let mut console = Console::demo(SIZE);
    console.keys("4 P").paste(list).keys("<F2> <F2>");
    assert!(console.effects.is_empty() && console.said().contains("1 row needs you"), "{}", console.screen());
    console.keys("j j d <F2>");
    let meeting = console.call();
    assert_eq!(meeting.1.operation, "meeting");
    assert_eq!(value(&meeting.1, "meetingID").as_deref(), Some("a-1"));
    assert_eq!(value(&meeting.1, "record").as_deref(), Some("true"));
    made(&mut console, &meeting);
    let calls = console.calls();
    assert_eq!(calls.len(), 2);
    assert!(calls.iter().all(|(_, plan)| value(plan, "meetingID").as_deref() == Some("a-1")));
}

#[test]
fn the_column_of_the_name_tells_rooms_apart_wherever_it_stands() {
    let mut console = Console::demo(SIZE);
    console.keys("3 P").paste("privacy,roomName\npublic,red\npublic,blue\npublic,green\n").keys("<F2>");
    assert!(!console.screen().contains("same room"), "{}", console.screen());
    console.keys("<F2>");
    assert_eq!(console.calls().len(), 3);
    let mut console = Console::demo(SIZE);
    console.keys("3 P").paste("privacy,roomName\npublic,red\nprivate,red\n").keys("<F2>");
    assert!(console.screen().contains("the same room as line 2"), "{}", console.screen());
    // Whereby takes it for the beginning of a name and makes a room each.
    let mut console = Console::demo(SIZE);
    console.keys("5 P").paste("endDate,roomNamePrefix\nin 1h,acme\nin 2h,acme\n").keys("<F2>");
    assert!(!console.screen().contains("same room"), "{}", console.screen());
}

#[test]
fn a_meeting_refused_for_too_many_calls_stays_in_the_list() {
    let mut console = Console::demo(SIZE);
    console.keys("4 P").paste("Ada\n").keys("<F2> <F2>");
    let call = console.call();
    refused(&mut console, &call, Kind::RateLimited, Some(5));
    assert_eq!(console.model.rows.total(), 1, "nothing makes it again by itself");
    console.wait(60_000);
    assert!(console.calls().is_empty());
    console.keys("<F2>");
    assert_eq!(console.call().1.operation, "meeting", "it can be tried again");
}

#[test]
fn a_refused_meeting_signs_no_link() {
    let mut console = Console::demo(SIZE);
    console.keys("4 P").paste("Ada\n").keys("<F2> <F2>");
    let call = console.call();
    refused(&mut console, &call, Kind::Refused, None);
    assert!(console.effects.is_empty() && console.said().contains("no link was signed"));
    console.keys("<F2>");
    assert_eq!(console.call().1.operation, "meeting", "it can be tried again");
}

#[test]
fn too_many_calls_wait_and_go_on_by_themselves() {
    let mut console = table("Ada\nBob\n");
    console.keys("<F2>");
    let calls = console.calls();
    refused(&mut console, &calls[0], Kind::RateLimited, Some(5));
    made(&mut console, &calls[1]);
    console.effects.clear();
    assert!(console.screen().contains("too many calls: on in 5s"), "{}", console.screen());
    console.wait(4_000);
    assert!(console.calls().is_empty());
    console.wait(1_000);
    let call = console.call();
    assert_eq!(call.1.id, calls[0].1.id, "another attempt is no other entry");
    assert_eq!(call.1.asked.values, calls[0].1.asked.values);
    made(&mut console, &call);
    assert_eq!((counts(&console).made, console.model.rows.total()), (2, 2));
}

#[test]
fn only_what_failed_is_sent_again_and_maybe_only_after_a_question() {
    let mut console = table("Ada\nBob\nEve\n");
    console.keys("<F2>");
    let calls = console.calls();
    made(&mut console, &calls[0]);
    refused(&mut console, &calls[1], Kind::Refused, None);
    console.finish(calls[2].0, unanswered(&calls[2].1, Error::new(Kind::Timeout, "no answer came")));
    assert_eq!(console.said(), "1 made, 1 failed, 1 may exist");
    console.keys("r");
    let call = console.call();
    assert_eq!(call.1.asked.values, calls[1].1.asked.values);
    made(&mut console, &call);
    console.keys("r");
    assert!(console.effects.is_empty());
    assert_eq!(console.said(), "There is nothing to send again");
    console.keys("R");
    assert!(console.screen().contains("1 row may exist already.") && console.effects.is_empty());
    console.keys("<Enter>");
    assert!(console.effects.is_empty(), "the first answer changes nothing");
    console.keys("R <Tab><Enter>");
    assert_eq!(console.call().1.asked.values, calls[2].1.asked.values);
}

#[test]
fn pause_takes_back_what_has_not_begun_and_goes_on() {
    let mut console = table(&twenty());
    console.keys("<F2>");
    let calls = console.calls();
    assert_eq!(calls.len(), 8, "four at once and four in line");
    for call in &calls[..4] {
        console.send(Message::Sent(call.0));
    }
    console.keys("p");
    let recalled = |effect: &Effect| match effect {
        Effect::Recall(job) => Some(*job),
        _ => None,
    };
    let recalled: Vec<JobId> = console.effects.iter().filter_map(recalled).collect();
    assert_eq!(recalled, calls[4..].iter().map(|call| call.0).collect::<Vec<_>>());
    console.effects.retain(|effect| !matches!(effect, Effect::Recall(_)));
    for call in &calls[4..] {
        console.finish(call.0, call.1.not_created(Error::other(Plan::RECALLED)));
        console.effects.retain(|effect| !matches!(effect, Effect::Recall(_)));
    }
    calls[..4].iter().for_each(|call| made(&mut console, call));
    assert!(console.calls().is_empty() && console.screen().contains("paused"));
    assert_eq!((counts(&console).made, counts(&console).waiting), (4, 16));
    assert_eq!(console.model.rows.total(), 4, "what was taken back is no entry");
    console.keys("p");
    assert_eq!(console.calls().len(), 8);
}

#[test]
fn stop_sends_nothing_more_and_retry_goes_on_where_it_was() {
    let mut console = table(&twenty());
    console.keys("<F2>");
    let calls = console.calls();
    for call in &calls {
        console.send(Message::Sent(call.0));
    }
    console.keys("x");
    calls.iter().for_each(|call| made(&mut console, call));
    assert!(console.effects.is_empty() && console.screen().contains("stopped"));
    console.keys("<Esc> q");
    assert_eq!(console.effects, [Effect::Quit(0)], "a stopped batch holds nobody");
    console.effects.clear();
    console.keys("P r");
    let mut seen: Vec<String> = calls.iter().map(|call| call.1.name(None).to_string()).collect();
    while let Some(call) = console.calls().first().cloned() {
        seen.push(call.1.name(None).to_string());
        made(&mut console, &call);
    }
    assert_eq!(seen.len(), 20, "none doubled");
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), counts(&console).made), (20, 20), "none lost");
}

#[test]
fn stop_counts_what_stands_in_line_as_not_sent() {
    let mut console = table(&(0..10).map(|n| format!("p{n}\n")).collect::<String>());
    console.keys("<F2>");
    let calls = console.calls();
    for call in &calls[..6] {
        console.send(Message::Sent(call.0));
    }
    made(&mut console, &calls[0]);
    made(&mut console, &calls[1]);
    console.calls();
    console.keys("x");
    let said = console.said();
    assert!(said.contains("Stopped · 4 under way come to their end, 4 are not sent"), "{said}");
}

#[test]
fn a_refused_key_stops_the_batch() {
    let mut console = table(&twenty());
    console.keys("<F2>");
    let calls = console.calls();
    refused(&mut console, &calls[0], Kind::Auth, None);
    made(&mut console, &calls[1]);
    assert_eq!(console.calls().len(), 6, "nothing new is sent");
}

#[test]
fn the_batch_goes_on_behind_the_list_and_quitting_asks() {
    let mut console = table(&twenty());
    console.keys("<F2> <Esc>");
    assert_eq!(console.model.rows.count(State::Creating), 8);
    let call = console.calls().remove(0);
    made(&mut console, &call);
    assert_eq!(console.calls().len(), 8);
    console.keys("q");
    assert!(console.screen().contains("11 rows of the people are not sent."), "{}", console.screen());
}

#[test]
fn the_form_hands_its_values_to_everybody() {
    let mut console = Console::demo(SIZE);
    console.keys("1 n standup <A-p>").paste("Ada\nBob\n").keys("<F2><F2>");
    let calls = console.calls();
    assert_eq!(calls.len(), 2);
    for (_, plan) in calls {
        assert_eq!(value(&plan, "roomName").as_deref(), Some("standup"), "{:?}", plan.asked);
    }
}

#[test]
fn everybody_is_led_into_one_room_and_the_table_says_which() {
    let mut console = table("Anna, , host\nBob\n");
    console.keys("<F2>");
    let calls = console.calls();
    let room = value(&calls[0].1, "roomName").unwrap();
    assert!(room.starts_with("call-"), "{room}");
    assert_eq!(value(&calls[1].1, "roomName").as_ref(), Some(&room));
    let mut console = table("Anna, , host\nBob\n");
    assert!(
        console.screen().contains(&format!("2 rows, ready to be sent · room {room}")),
        "{}",
        console.screen()
    );
    // A table may say it for a line, and is taken by its word.
    let mut console = table("name,roomName\nAnna,\nBob,blue\nEve,\n");
    assert!(console.screen().contains("3 rows, ready to be sent · into 2 rooms"), "{}", console.screen());
    console.keys("<F2>");
    let rooms: Vec<_> = console.calls().iter().map(|call| value(&call.1, "roomName").unwrap()).collect();
    assert_eq!(rooms, [room.as_str(), "blue", room.as_str()]);
}

#[test]
fn the_room_the_form_shows_is_the_room_of_everybody() {
    for (profile, field) in [("1", "roomName"), ("4", "meetingID")] {
        let mut console = Console::demo(SIZE);
        console.keys(&format!("{profile} n"));
        let shown = console.screen();
        console.keys("<A-p>").paste("Ada\nBob\n").keys("<F2><F2>");
        let first = console.calls();
        let room = value(&first[0].1, field).unwrap();
        assert!(shown.contains(&room), "{room} is not on\n{shown}");
        made(&mut console, &first[0]);
        assert!(console.calls().iter().all(|call| value(&call.1, field).as_ref() == Some(&room)));
    }
}

#[test]
fn another_list_is_another_room() {
    for (profile, field) in [("1", "roomName"), ("4", "meetingID")] {
        let mut console = Console::demo(SIZE);
        let mut rooms = Vec::new();
        console.keys(&format!("{profile} P"));
        for _ in 0..2 {
            console.paste("Ada\n").keys("<F2><F2>");
            rooms.push(value(&console.calls()[0].1, field).unwrap());
            while let Some(call) = console.calls().first().cloned() {
                made(&mut console, &call);
            }
            console.keys("e");
        }
        assert_ne!(rooms[0], rooms[1]);
    }
}

#[test]
fn a_form_begins_a_new_list_after_a_batch_that_is_over() {
    let mut console = table("Ada\nBob\n");
    console.keys("<F2>");
    let calls = console.calls();
    made(&mut console, &calls[0]);
    refused(&mut console, &calls[1], Kind::Refused, None);
    console.keys("<Esc> n standup <A-p>");
    assert_eq!(console.said(), "A new list: the batch of bunch is left, 1 row of it without a link");
    console.paste("Eve\n").keys("<F2><F2>");
    let call = console.call();
    assert_eq!(value(&call.1, "roomName").as_deref(), Some("standup"));
    assert_eq!(call.1.asked.title.as_deref(), Some("Eve"));
    // A list that has not begun takes over what the form says, and keeps its text.
    let mut console = table("Ada\n");
    console.keys("<Esc> n standup <A-p> <F2><F2>");
    assert_eq!(value(&console.call().1, "roomName").as_deref(), Some("standup"));
}

#[test]
fn a_form_shows_a_batch_under_way_and_says_why() {
    let mut console = table(&twenty());
    console.keys("<F2> <Esc> n standup <A-p>");
    assert_eq!(console.said(), "The batch of bunch is still under way · a new list begins when it is over");
    assert_eq!(counts(&console).running, 8);
}

#[test]
fn a_batch_that_is_over_gives_way_to_the_profile_in_front() {
    let mut console = table("Ada\n");
    console.keys("<F2>");
    let call = console.call();
    made(&mut console, &call);
    console.keys("<Esc> 5 P");
    assert!(console.screen().contains("whereby › "), "{}", console.screen());
    console.paste("x\n").keys("<F2>");
    assert!(console.screen().contains("1 row, ready to be sent"), "{}", console.screen());
}

#[test]
fn a_batch_is_seen_once_when_it_is_over_and_then_left() {
    let mut console = table("Ada\n");
    console.keys("<F2> <Esc>");
    let call = console.call();
    made(&mut console, &call);
    assert!(console.keys("P").screen().contains("1 of 1 · done"), "{}", console.screen());
    assert!(console.keys("<Esc> P").screen().contains("One per line"), "{}", console.screen());
    assert!(console.model.people.as_ref().unwrap().text.is_empty());
}

#[test]
fn rooms_are_spoken_of_as_rooms() {
    let mut console = Console::demo(SIZE);
    console.keys("5 P");
    assert!(console.screen().contains("One room per line: its name · or CSV"), "{}", console.screen());
    console.paste("red\nblue\ngreen\n");
    assert!(!console.screen().contains("address"), "{}", console.screen());
    console.keys("<F2>");
    assert!(!console.screen().contains("ROLE"), "{}", console.screen());
    assert!(!console.screen().contains("Space role"), "{}", console.screen());
    console.keys("<Space>");
    assert!(console.said().ends_with("knows no roles"), "{}", console.said());
    console.keys("<F2>");
    while let Some(call) = console.calls().first().cloned() {
        made(&mut console, &call);
    }
    console.keys("y");
    console.perform();
    assert!(console.said().starts_with("Sent the links of 3 rooms"), "{}", console.said());
}

#[test]
fn an_export_asks_before_it_writes_over() {
    let mut console = table("Ada, a@x, host\nBob, =b@x\n");
    console.keys("<F2>");
    let calls = console.calls();
    calls.iter().for_each(|call| made(&mut console, call));
    let files =
        [("out.csv", "name,email,role"), ("out.md", "| name | email"), ("out.json", "[{\"version\":1")];
    for (path, wanted) in files {
        console.keys("E <C-u>").paste(path).keys("<Enter>");
        let Effect::Export { path: asked, text, over: false } = console.effects.remove(0) else { panic!() };
        assert_eq!(asked, path);
        assert!(text.expose().starts_with(wanted), "{}", text.expose());
        assert!(path != "out.csv" || text.expose().contains(",'=b@x,"), "a formula is made inert");
    }
    console.send(Message::Exported("out.csv".into(), Ok(true)));
    assert!(console.screen().contains("There is a file out.csv already."));
    console.keys("<Tab><Enter>");
    assert!(matches!(console.effects.remove(0), Effect::Export { over: true, .. }));
    console.keys("E <C-u>").paste("out.exe").keys("<Enter>");
    assert!(console.effects.is_empty() && console.screen().contains("must end in"));
}

#[test]
fn a_list_is_read_from_a_file() {
    let mut console = Console::demo(SIZE);
    console.keys("1 P <F3>").paste("~/people.csv").keys("<Enter>");
    assert_eq!(console.effects.remove(0), Effect::Load("~/people.csv".into()));
    console.send(Message::Loaded(Ok("\u{feff}Name;Mail\r\nAda;ada@x\r\n".into())));
    assert!(console.screen().contains("Ada") && console.screen().contains("ready to be sent"));
}

#[test]
fn every_size_holds_the_pages_and_hostile_names_are_inert() {
    for size in [(60, 15), (80, 24), (100, 30), (160, 45), (20, 5)] {
        let mut console = Console::demo(SIZE);
        console.resize(size.0, size.1).keys("1 P").paste("a\u{1b}]0;x\u{7}\u{202e}b\nBob\n");
        console.screen();
        let screen = console.keys("<F2>").screen();
        assert!(!screen.contains('\u{1b}') && !screen.contains('\u{202e}'));
        console.keys("<F2>").screen();
    }
}
