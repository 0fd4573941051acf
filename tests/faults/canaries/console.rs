//! The screens of the console, and all that is held behind them.

use roomkey::sandbox::{Fault, PROVIDERS};

use super::{acts, canaries, fields, free_of, heard_where_they_belong, keys, required};
use crate::support::live::Live;

/// Everything the console holds that can be written down.
fn debug(live: &Live) -> String {
    let model = &live.console.model;
    let rows: Vec<_> = model.rows.iter().collect();
    format!(
        "{rows:?} {:?} {:?} {:?} {:?} {:?}",
        model.layers, model.said, model.book.profiles, live.console.effects, model.requests
    )
}

#[test]
fn the_console_gives_nothing_away() {
    for (index, provider) in PROVIDERS.iter().enumerate() {
        let typed = canaries(provider);
        let all = keys(|id| Live::demo((1, 1)).sandbox.settings(id));
        let secrets: Vec<String> = all.iter().chain(&typed).cloned().collect();
        let own =
            keys(|id| if id == *provider { Live::demo((1, 1)).sandbox.settings(id) } else { Vec::new() });
        let sent: Vec<String> = own.into_iter().take(1).chain(typed.clone()).collect();
        // Each way of failing at one provider at least, and the good end at all.
        let mut acts = acts(provider, &sent).into_iter();
        let good = acts.next();
        for act in good.into_iter().chain(acts.skip(index).step_by(3)) {
            let mut live = Live::demo((100, 40));
            live.sandbox.order(Fault::new(provider, act.clone()));
            let place = format!("{provider}, {act:?}");
            let scan = |live: &mut Live, keys: &str| {
                live.keys(keys);
                for size in [(80, 24), (140, 50)] {
                    live.console.resize(size.0, size.1);
                    let screen = live.console.screen();
                    // A long secret may be broken into lines.
                    let joined: String = screen.split_whitespace().collect();
                    free_of(&secrets, &format!("{screen}\n{joined}"), &format!("{place}, {keys}"));
                }
                free_of(&secrets, &debug(live), &format!("{place}, {keys}, in memory shown"));
            };
            scan(&mut live, &format!("{}n", index + 1));
            for (name, value) in required(provider).iter().chain(fields(provider)) {
                live.keys("<F8>");
                live.console.paste(name);
                live.keys("<Enter>");
                fill(&mut live, value);
                scan(&mut live, "");
            }
            scan(&mut live, "<F2>");
            scan(&mut live, "<F2>");
            live.settle();
            let pages = ["", "i", "r", "<Esc>", ":", "<Esc>", "?", "<Esc>"];
            let log = ["L", "<Enter>", "<PgDn>", "<PgDn>", "<PgDn>", "<Esc>", "<Esc>"];
            for keys in pages.into_iter().chain(log) {
                scan(&mut live, keys);
            }
            let heard = live.sandbox.requests();
            assert!(!heard.is_empty(), "{place}: nothing was sent\n{}", live.console.screen());
            heard_where_they_belong(&heard, &[], &typed);
            assert_eq!(live.console.model.requests.len(), heard.len(), "{place}: the request log");
        }
    }
}

/// Writes a value into the field that has the cursor: a choice and a switch are stepped through.
fn fill(live: &mut Live, value: &str) {
    match value {
        "true" => live.keys("<Space>"),
        "false" => live.keys("<Space><Space>"),
        _ => {
            live.console.paste(value);
            live.perform()
        }
    };
}
