//! The door to the providers, against bare TCP listeners: what goes out byte for byte, what is not followed, what is
//! not waited for, and whether "nothing was sent" and "it may have been" are told apart.

#![allow(clippy::disallowed_methods, reason = "tests are the world")]

#[path = "http/addresses.rs"]
mod addresses;
#[path = "http/listener.rs"]
mod listener;
#[path = "support/nobody.rs"]
mod nobody;
#[path = "http/shared.rs"]
mod shared;
#[path = "support/skipped.rs"]
mod skipped;
#[path = "http/trust.rs"]
mod trust;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use listener::Listener;
use nobody::Nobody;
use roomkey::domain::request::{Failure, Header, Request, Response};
use roomkey::domain::secret::Secret;
use roomkey::error::Kind;
use roomkey::ports::http::{Door, Limits};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

fn request(method: &str, url: &str) -> Request {
    Request {
        method: method.into(),
        url: Secret::new(url),
        headers: vec![Header { name: "x-api-key".into(), value: Secret::new("KEY-canary"), sensitive: true }],
        body: (method == "POST").then(|| Secret::new("{\"a\":1}")),
    }
}

/// Sends, and says how often the connection was said to stand.
fn send_within(request: &Request, limits: &Limits) -> (Result<Response, Failure>, usize) {
    send_through(&Door::new(), request, limits)
}

fn send_through(door: &Door, request: &Request, limits: &Limits) -> (Result<Response, Failure>, usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let told = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&told);
    let connected = Arc::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let sent = async {
        // The client is there before any time is counted: the certificates of the system may take as long as a limit.
        door.warm(request, None).await;
        door.send(request, None, limits, connected).await
    };
    let result = runtime.block_on(sent);
    runtime.shutdown_background();
    (result, told.load(Ordering::SeqCst))
}

fn send(request: &Request) -> (Result<Response, Failure>, usize) {
    send_within(request, &Limits::default())
}

/// The error of a call that left, and that it is free of secrets.
#[track_caller]
fn unknown(sent: (Result<Response, Failure>, usize)) -> roomkey::error::Error {
    assert_eq!(sent.1, 1, "the connection stood");
    match sent.0 {
        Err(Failure::Unknown(error)) => {
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
            error
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn not_sent(sent: (Result<Response, Failure>, usize)) -> roomkey::error::Error {
    assert_eq!(sent.1, 0, "no connection stood");
    match sent.0 {
        Err(Failure::NotSent(error)) => {
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
            error
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_request_goes_out_as_it_is_written() {
    let queries = [
        "/api/create?name=a+b%26c%2Bd%25e%3Df%2Fg%27h%28%29%21%7E*%C3%BC&meta_x-y.z=1&checksum=0123",
        "/api/create?name=%E6%97%A5%E6%9C%AC%F0%9F%8E%89+%22%3C%3E%23%5B%5D%7B%7D%7C%5C%5E%60&checksum=ab",
        "/api/join?a=%2B%2b%2F%2f&b=&c&&d==%3D&e=*-._~!$()@:;,/?",
        "/room/a%20b%3Fc%23d%2F..%2Fe",
    ];
    for target in queries {
        let listener = Listener::answering(OK);
        let (result, told) = send(&request("GET", &format!("{}{target}", listener.origin())));
        assert_eq!((result.unwrap().status, told), (200, 1));
        let head = String::from_utf8(listener.heard().remove(0)).unwrap();
        assert_eq!(head.lines().next().unwrap(), format!("GET {target} HTTP/1.1"));
    }
}

#[test]
fn headers_and_body_are_ours_and_nothing_is_decompressed() {
    let packed = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n\x1f\x8b\x08\x00";
    let listener = Listener::answering(packed);
    let (result, _) = send(&request("POST", &format!("{}/x?secretKey=canary", listener.origin())));
    let response = result.unwrap();
    assert_eq!(response.body, b"\x1f\x8b\x08\x00");
    assert_eq!(response.header("Content-Encoding"), Some("gzip"));
    let heard = String::from_utf8(listener.heard().remove(0)).unwrap().to_lowercase();
    for line in
        ["accept-encoding: identity", "x-api-key: key-canary", "content-length: 7", "user-agent: roomkey/"]
    {
        assert!(heard.contains(line), "{line} in {heard}");
    }
    assert!(!heard.contains("referer") && heard.ends_with("{\"a\":1}"), "{heard}");
}

#[test]
fn redirects_are_answers_and_nobody_else_hears_of_them() {
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Listener::answering(OK);
        let to = elsewhere.origin();
        let answer = format!("HTTP/1.1 {status} Moved\r\nlocation: {to}/y\r\ncontent-length: 0\r\n\r\n");
        let listener = Listener::answering(answer.as_bytes());
        let (result, _) = send(&request("POST", &format!("{}/x?secretKey=canary", listener.origin())));
        let response = result.unwrap();
        assert_eq!(response.status, status);
        assert_eq!(response.header("location"), Some(format!("{to}/y").as_str()));
        assert_eq!((listener.heard().len(), elsewhere.connections()), (1, 0));
    }
}

#[test]
fn what_is_cut_may_have_been_done() {
    for answer in [
        &b""[..],
        b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"a\":",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"a",
        b"HTTP/1.1 2",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
    ] {
        let listener = Listener::answering(answer);
        let error = unknown(send(&request("POST", &format!("{}/x?secretKey=canary", listener.origin()))));
        assert_eq!(error.kind, Kind::Unclear, "{}", String::from_utf8_lossy(answer));
        assert_eq!(listener.heard().len(), 1, "sent once: {}", String::from_utf8_lossy(answer));
    }
}

#[test]
fn too_many_headers_are_refused() {
    let mut answer = b"HTTP/1.1 200 OK\r\n".to_vec();
    (0..200).for_each(|n| answer.extend(format!("x-{n}: 1\r\n").bytes()));
    answer.extend(b"content-length: 2\r\n\r\n{}");
    let listener = Listener::answering(&answer);
    assert_eq!(unknown(send(&request("GET", &format!("{}/x", listener.origin())))).kind, Kind::Unclear);
}

#[test]
fn bodies_have_a_limit() {
    let limits = Limits { body: 1024, ..Limits::default() };
    for (size, fits) in [(1024, true), (1025, false), (1 << 20, false)] {
        let mut answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {size}\r\n\r\n").into_bytes();
        answer.resize(answer.len() + size, b' ');
        let listener = Listener::answering(&answer);
        let sent = send_within(&request("GET", &format!("{}/x", listener.origin())), &limits);
        if fits {
            assert_eq!(sent.0.unwrap().body.len(), size);
        } else {
            let error = unknown(sent);
            assert_eq!(error.kind, Kind::Unclear);
            assert!(error.message().contains("larger than 1 KiB"), "{error}");
        }
    }
}

#[test]
fn silence_ends_at_the_limit_of_the_first_byte() {
    let listener = Listener::silent(b"");
    let limits = Limits { first_byte: Duration::from_millis(80), ..Limits::default() };
    let begun = Instant::now();
    let error = unknown(send_within(&request("GET", &format!("{}/x", listener.origin())), &limits));
    assert_eq!(error.kind, Kind::Timeout);
    assert!(error.message().contains("no answer within 80 ms"), "{error}");
    // Without that limit it would be the thirty seconds of the whole.
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn an_endless_answer_ends_at_the_limit_of_the_whole() {
    let listener = Listener::silent(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{");
    let limits = Limits { whole: Duration::from_millis(120), ..Limits::default() };
    let error = unknown(send_within(&request("GET", &format!("{}/x", listener.origin())), &limits));
    assert_eq!(error.kind, Kind::Timeout);
    assert!(error.message().contains("did not end within 120 ms"), "{error}");
}

#[test]
fn a_refused_connection_sent_nothing() {
    let nobody = Nobody::new();
    let host = nobody.address();
    let error = not_sent(send(&request("POST", &format!("http://{host}/x?secretKey=canary"))));
    assert_eq!(error.kind, Kind::Network);
    assert_eq!(error.message(), format!("{host} refused the connection"));
    assert!(error.next_step().is_some());
}

#[test]
fn an_unknown_host_sent_nothing() {
    // `.invalid` never resolves.
    let error = not_sent(send(&request("GET", "https://bbb.invalid/x?secretKey=canary")));
    assert_eq!(error.kind, Kind::Network);
    assert_eq!(error.message(), "could not find the address of bbb.invalid");
}

#[test]
fn a_server_without_tls_sent_nothing() {
    for answer in [&b""[..], b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"] {
        let listener = Listener::answering(answer);
        let url = format!("{}/x?secretKey=canary", listener.origin().replace("http:", "https:"));
        let error = not_sent(send(&request("POST", &url)));
        assert_eq!(error.kind, Kind::Network, "{error}");
        let heard = listener.heard();
        assert!(heard.iter().all(|bytes| !String::from_utf8_lossy(bytes).contains("canary")));
    }
}

#[test]
fn a_handshake_that_hangs_ends_at_the_limit_of_connecting() {
    let listener = Listener::silent(b"");
    let url = format!("{}/x?secretKey=canary", listener.origin().replace("http:", "https:"));
    let limits = Limits { connect: Duration::from_millis(80), ..Limits::default() };
    let error = not_sent(send_within(&request("GET", &url), &limits));
    assert_eq!(error.kind, Kind::Network);
    assert!(error.message().ends_with("within 80 ms"), "{error}");
}

#[test]
fn without_encryption_only_this_machine_is_called() {
    for url in
        ["http://bbb.example.com/x?secretKey=canary", "http://127.0.0.1.nip.invalid/x", "ftp://127.0.0.1/x"]
    {
        assert_eq!(not_sent(send(&request("GET", url))).kind, Kind::Config, "{url}");
    }
}

#[test]
fn a_connection_serves_one_call() {
    let listener = Listener::answering(OK);
    let (door, limits) = (Door::new(), Limits::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for _ in 0..3 {
        let request = request("GET", &format!("{}/x", listener.origin()));
        let sent = door.send(&request, None, &limits, Arc::new(|| ()));
        assert_eq!(runtime.block_on(sent).unwrap().status, 200);
    }
    assert_eq!((listener.connections(), listener.heard().len()), (3, 3));
}
