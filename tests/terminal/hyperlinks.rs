//! Addresses a terminal may follow: told where the user wants that, around guest links alone, byte for byte.

use jiff::Timestamp;
use roomkey::sandbox::{Running, Sandbox, World};

use super::pty::Pty;

/// A sandbox, and the console with a profile of Whereby on it.
fn console(top: &str, size: super::Size) -> (Running, Pty) {
    let world = World { now: std::sync::Arc::new(Timestamp::now), seed: 7 };
    let sandbox = Sandbox::bind(0, world).unwrap().serve().unwrap();
    let mut text = format!("{top}\n[profiles.here]\nprovider = \"whereby\"\n");
    for (name, value) in sandbox.settings("whereby") {
        text.push_str(&format!("{name} = '{value}'\n"));
    }
    let script = r#"mkdir "$HOME/roomkey"; printf '%s' "$1" > "$HOME/roomkey/config.toml"
        chmod 600 "$HOME/roomkey/config.toml"; exec "$0""#;
    let mut pty = Pty::run(size, &["sh", "-c", script, env!("CARGO_BIN_EXE_roomkey"), &text]);
    pty.until_shown(&["here"]);
    pty.keys("N");
    pty.until_shown(&["+ live", "Guest", "Host"]);
    (sandbox, pty)
}

/// The addresses told, each with the pieces of text that lie in it.
fn told(written: &str) -> Vec<(String, String)> {
    let orders = written.split("\x1b]8;id=").skip(1);
    let told = orders.map(|order| {
        let (head, rest) = order.split_once("\x1b\\").unwrap();
        let (inside, _) = rest.split_once("\x1b]8;;\x1b\\").expect("a link is ended");
        (head.split_once(';').unwrap().1.to_owned(), inside.to_owned())
    });
    told.collect()
}

#[test]
fn a_guest_link_is_told_and_a_host_link_only_when_it_is_revealed() {
    for size in [(80, 24), (120, 40)] {
        let (sandbox, mut pty) = console("hyperlinks = true", size);
        pty.until("a hyperlink", |pty| pty.written().contains("\x1b]8;;\x1b\\"));
        let links = told(&pty.written());
        assert!(links.iter().all(|(url, _)| url.starts_with(&sandbox.origin())), "{links:?}");
        assert!(links.iter().all(|(url, _)| !url.contains("roomKey")), "{links:?}");
        let shown: String = links.iter().filter(|link| link.0 == links[0].0).map(|link| &*link.1).collect();
        assert!(shown.contains("http"), "{links:?}");
        pty.forget();
        pty.keys(".");
        pty.until("the host link", |pty| {
            told(&pty.written()).iter().any(|(url, _)| url.contains("roomKey="))
        });
        pty.keys("q");
        assert_eq!(pty.exit_code(), 0);
        pty.assert_given_back();
    }
}

#[test]
fn where_nobody_wants_them_there_is_none() {
    for top in ["", "hyperlinks = false"] {
        let (_sandbox, mut pty) = console(top, (120, 40));
        pty.keys(".");
        pty.until_shown(&["roomKey="]);
        pty.keys("q");
        assert_eq!(pty.exit_code(), 0);
        assert!(!pty.written().contains("\x1b]"), "{:?}", pty.written());
    }
}
