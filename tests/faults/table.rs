//! What can come back, row by row, and what it means: outcome, kind, exit code and a word of the one sentence. Every
//! row is tried at every provider; where a row needs more than an answer, it stands in a file of its own.

use roomkey::sandbox::{Act, PROVIDERS};

use crate::bench::{Bench, answer, good, headed};

struct Row {
    name: &'static str,
    act: fn(&str) -> Act,
    outcome: &'static str,
    kind: &'static str,
    exit: u8,
    says: &'static str,
}

const fn row(
    name: &'static str,
    act: fn(&str) -> Act,
    (outcome, kind, exit): (&'static str, &'static str, u8),
    says: &'static str,
) -> Row {
    Row { name, act, outcome, kind, exit, says }
}

const CREATED: (&str, &str, u8) = ("created", "-", 0);
const AUTH: (&str, &str, u8) = ("not_created", "auth", 4);
const LIMITED: (&str, &str, u8) = ("not_created", "rate_limited", 5);
const REFUSED: (&str, &str, u8) = ("not_created", "refused", 5);
const REDIRECTED: (&str, &str, u8) = ("not_created", "redirected", 5);
const TIMEOUT: (&str, &str, u8) = ("maybe_created", "timeout", 8);
const SERVER: (&str, &str, u8) = ("maybe_created", "server", 8);
const UNCLEAR: (&str, &str, u8) = ("maybe_created", "unclear", 8);

const UNREAD: &str = "gave an answer that cannot be read";
const CUT: &str = "broke before the answer was whole";
const IMPROPER: &str = "is not a proper answer";
const ELSEWHERE: &str = "redirects to evil.example";

fn raw(text: impl AsRef<[u8]>) -> Act {
    Act::Raw(text.as_ref().to_vec())
}

fn whole(provider: &str, before: &str, headers: &str) -> Act {
    let body = good(provider);
    raw(format!("{before}HTTP/1.1 200 OK\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()))
}

fn to(status: u16, to: &str) -> Act {
    Act::Redirect { status, to: to.into() }
}

fn long(kib: usize) -> String {
    format!("x-long: {}\r\n", "a".repeat(kib * 1024))
}

const CONTENT: [Row; 31] = [
    row("all is well", |p| answer(200, good(p)), CREATED, ""),
    row("another success", |p| answer(201, good(p)), CREATED, ""),
    row("accepted", |p| answer(202, good(p)), CREATED, ""),
    row("a byte order mark", |p| answer(200, format!("\u{feff}{}", good(p))), CREATED, ""),
    row("another type", |p| headed(200, "content-type", "text/html", good(p)), CREATED, ""),
    row("a cookie", |p| headed(200, "set-cookie", "a=CANARY; Path=/", good(p)), CREATED, ""),
    row(
        "continue, a thousand times",
        |p| whole(p, &"HTTP/1.1 100 Continue\r\n\r\n".repeat(1000), ""),
        CREATED,
        "",
    ),
    row("early hints", |p| whole(p, "HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n", ""), CREATED, ""),
    row("nothing", |_| answer(204, ""), UNCLEAR, ""),
    row("an empty object", |_| answer(200, "{}"), UNCLEAR, ""),
    row(
        "a web page",
        |_| answer(200, "<!DOCTYPE html><title>Login</title>"),
        UNCLEAR,
        "a web page (a proxy or portal?)",
    ),
    row("no text", |_| answer(200, [0xFF, 0xFE, 0, 1, 2]), UNCLEAR, UNREAD),
    row(
        "two bytes a letter",
        |p| answer(200, good(p).encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()),
        UNCLEAR,
        UNREAD,
    ),
    row(
        "a letter of another alphabet",
        |p| answer(200, [good(p).as_bytes(), b"\xE4"].concat()),
        UNCLEAR,
        UNREAD,
    ),
    row("nesting without end", |_| answer(200, "[".repeat(100_000)), UNCLEAR, UNREAD),
    row("compressed", |p| headed(200, "content-encoding", "gzip", good(p)), UNCLEAR, UNREAD),
    row("compressed twice", |p| headed(200, "content-encoding", "gzip, gzip", good(p)), UNCLEAR, UNREAD),
    row("far too large", |_| Act::Huge(300 * 1024), UNCLEAR, "is larger than 256 KiB"),
    row("no key", |_| answer(401, "{}"), AUTH, ""),
    row("no money", |_| answer(402, "{}"), REFUSED, ""),
    row("no right", |_| answer(403, "{}"), REFUSED, ""),
    row("not there", |_| answer(404, "{}"), REFUSED, ""),
    row("too late", |_| answer(408, "{}"), TIMEOUT, ""),
    row("too often", |_| headed(429, "retry-after", "5", "{}"), LIMITED, ""),
    row("trouble of its own", |_| answer(500, "{}"), SERVER, ""),
    row("nobody behind it", |_| answer(503, "<html>"), SERVER, ""),
    row("moved", |_| to(301, "https://evil.example/x"), UNCLEAR, ELSEWHERE),
    row("see elsewhere", |_| to(303, "https://evil.example/x"), UNCLEAR, ELSEWHERE),
    row("send it elsewhere", |_| to(307, "https://evil.example/x"), REDIRECTED, ELSEWHERE),
    row("always send it elsewhere", |_| to(308, "https://evil.example/x"), REDIRECTED, ELSEWHERE),
    row(
        "another protocol",
        |_| raw("HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
        UNCLEAR,
        "",
    ),
];

const NETWORK: [Row; 24] = [
    row("closed before the answer", |_| Act::CutBefore, UNCLEAR, CUT),
    row("closed after the work", |_| Act::CutAfter, UNCLEAR, CUT),
    row("reset before the answer", |_| Act::Reset { made: false }, UNCLEAR, CUT),
    row("reset after the work", |_| Act::Reset { made: true }, UNCLEAR, CUT),
    row("a body cut short", |_| Act::CutBody(15), UNCLEAR, CUT),
    row(
        "a piece cut short",
        |_| raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a\":"),
        UNCLEAR,
        CUT,
    ),
    row(
        "a body without length, cut",
        |p| raw(format!("HTTP/1.1 200 OK\r\n\r\n{}", &good(p)[..good(p).len() - 2])),
        UNCLEAR,
        UNREAD,
    ),
    row("a large head", |p| whole(p, "", &long(64)), CREATED, ""),
    row("a head too large", |p| whole(p, "", &long(512)), UNCLEAR, IMPROPER),
    row("a head far too large", |p| whole(p, "", &long(1024)), UNCLEAR, IMPROPER),
    row("too many headers", |p| whole(p, "", &"x-a: 1\r\n".repeat(200)), UNCLEAR, IMPROPER),
    row("zero in a header", |p| whole(p, "", "x-a: a\0b\r\n"), UNCLEAR, IMPROPER),
    row("escape in a header", |p| whole(p, "", "x-a: a\u{1b}[2Jb\r\n"), UNCLEAR, IMPROPER),
    row("a folded header", |p| whole(p, "", "x-a: a\r\n b\r\n"), UNCLEAR, IMPROPER),
    row("two lengths", |p| whole(p, "", "content-length: 3\r\n"), UNCLEAR, IMPROPER),
    row("a length and pieces", |p| whole(p, "", "transfer-encoding: chunked\r\n"), UNCLEAR, ""),
    row("a status that is none", |_| raw("HTTP/1.1 abc\r\n\r\n"), UNCLEAR, IMPROPER),
    row("another version", |_| raw("HTTP/9.9 200 OK\r\ncontent-length: 2\r\n\r\n{}"), UNCLEAR, IMPROPER),
    row("escape in the reason", |_| raw("HTTP/1.1 200 \u{1b}]0;PWN\u{7}\r\n\r\n{}"), UNCLEAR, IMPROPER),
    row("another program", |_| raw("SSH-2.0-x\r\n"), UNCLEAR, IMPROPER),
    row("a body alone", |p| raw(good(p)), UNCLEAR, IMPROPER),
    row(
        "frames of HTTP/2",
        |_| raw(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x08\x07\x00\x00\x00\x00"),
        UNCLEAR,
        IMPROPER,
    ),
    row(
        "a flood of frames",
        |_| raw(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00".repeat(10_000)),
        UNCLEAR,
        IMPROPER,
    ),
    row(
        "more behind the answer",
        |p| {
            raw(format!(
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{}HTTP/1.1 500 no\r\n\r\n",
                good(p).len(),
                good(p)
            ))
        },
        CREATED,
        "",
    ),
];

#[track_caller]
fn hold(rows: &[Row]) {
    let bench = Bench::new();
    for row in rows {
        for provider in PROVIDERS {
            let entry = bench.ends(provider, row.name, (row.act)(provider), row.outcome, row.kind);
            let place = format!("{provider}, {}", row.name);
            let error = entry.outcome.error();
            assert_eq!(error.map_or(0, |error| error.kind.exit_code()), row.exit, "{place}: {error:?}");
            assert_eq!(entry.links.is_empty(), row.exit != 0, "{place}");
            let message = error.map_or("", |error| error.message());
            assert!(message.contains(row.says), "{place}: {message}");
        }
    }
}

#[test]
fn every_content_has_its_outcome() {
    hold(&CONTENT);
}

#[test]
fn every_break_of_the_network_has_its_outcome() {
    hold(&NETWORK);
}
