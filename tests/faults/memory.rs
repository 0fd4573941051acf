//! Huge answers cost no memory. The program runs as a child whose standard output is a pipe that is full already, so
//! that it is still there, with its highest memory on record, when the connection has ended.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::bench::good;
use crate::stage::{Stage, finish};

/// Bytes a hostile server is ready to send.
const HUGE: usize = 200 * 1024 * 1024;
/// How much more memory a huge answer may take than a small one, in KiB.
const GROWTH: u64 = 8 * 1024;
/// What a pipe holds on Linux.
const PIPE: usize = 64 * 1024;

/// What is said to the one request that comes, and then for as long as it is taken.
fn serve(head: String, piece: Vec<u8>, total: usize) -> (String, Receiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (give, take) = channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let mut sent = 0;
        let mut is_open = stream.write_all(head.as_bytes()).is_ok();
        while is_open && sent < total {
            is_open = stream.write_all(&piece).is_ok();
            sent += piece.len();
        }
        hang_up(stream);
        give.send(sent).unwrap();
    });
    (origin, take)
}

/// Waits until the other side has gone.
fn hang_up(mut stream: TcpStream) {
    let _ = stream.shutdown(std::net::Shutdown::Write);
    while stream.read(&mut [0; 4096]).is_ok_and(|count| count > 0) {}
}

/// Highest memory of the program in KiB, bytes sent to it, and what it said.
fn run(provider: &str, head: &str, piece: Vec<u8>, total: usize) -> (u64, usize, String) {
    let (origin, sent) = serve(head.to_owned(), piece, total);
    let stage = Stage::new();
    stage.configure(&stage.profile(provider, &[("base_url", &format!("'{origin}'"))]));
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(&[b' '; PIPE]).unwrap();
    let mut command = stage.command();
    command.arg("--config").arg(stage.config()).args(["create", "-p", provider, "--json"]);
    let given: &[&str] = match provider {
        "bunch" => &["roomName=r", "userName=u"],
        "joinme" => &["startWithPersonalUrl=false"],
        "metered" => &["privacy=public"],
        "bigbluebutton" => &["name=nn"],
        _ => &["endDate=in 2h"],
    };
    command.args(given).stdout(writer).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    // The command holds our end of the pipe.
    drop(command);
    let sent = sent.recv().unwrap();
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a living process");
    let peak = peak.trim().trim_end_matches(" kB").parse().unwrap();
    let mut said = String::new();
    reader.read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    (peak, sent, said.trim().to_owned())
}

/// Where little memory is to be had at all, a huge answer is still an answer too large.
#[test]
fn little_memory_is_enough() {
    let (origin, sent) = serve(head(&format!("content-length: {HUGE}\r\n")), vec![b' '; 64 * 1024], HUGE);
    let stage = Stage::new();
    stage.configure(&stage.profile("bunch", &[("base_url", &format!("'{origin}'"))]));
    let mut command = std::process::Command::new("sh");
    let script = r#"ulimit -v 262144 && exec "$0" "$@""#;
    command.args(["-c", script, env!("CARGO_BIN_EXE_roomkey"), "--config"]).arg(stage.config());
    command.args(["create", "--json", "roomName=r", "userName=u"]);
    let ran = finish(command.env("XDG_STATE_HOME", stage.home().join("state")));
    assert_eq!(ran.code, 8, "{ran:?}");
    assert!(ran.err.contains("is larger than 256 KiB") && sent.recv().unwrap() < HUGE, "{ran:?}");
}

fn head(more: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n{more}\r\n")
}

#[test]
fn a_huge_answer_is_not_held() {
    let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
    let plain = vec![b' '; 64 * 1024];
    let whole = format!("content-length: {HUGE}\r\n");
    let line = b"x-more: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n".repeat(1000);
    for provider in roomkey::sandbox::PROVIDERS {
        let body = good(provider);
        let small = head(&format!("content-length: {}\r\n", body.len()));
        let (usual, _, said) = run(provider, &small, body.into(), 1);
        assert!(said.contains("\"outcome\":\"created\""), "{provider}: {said}");
        for (name, head, piece) in [
            ("a length", head(&whole), &plain),
            ("chunks", head("transfer-encoding: chunked\r\n"), &chunk),
            ("no length", head(""), &plain),
            ("packed", head(&format!("content-encoding: gzip\r\n{whole}")), &plain),
            ("headers", "HTTP/1.1 200 OK\r\n".into(), &line),
            ("one header", "HTTP/1.1 200 OK\r\nx-endless: ".into(), &vec![b'a'; 64 * 1024]),
            ("no HTTP", "\r\n".into(), &plain),
        ] {
            let (peak, sent, said) = run(provider, &head, piece.clone(), HUGE);
            assert!(said.contains("\"outcome\":\"maybe_created\""), "{provider}, {name}: {said}");
            assert!(sent < HUGE, "{provider}, {name}: all of it was taken");
            assert!(peak <= usual + GROWTH, "{provider}, {name}: {peak} KiB after {usual} KiB");
        }
    }
}
