//! The door of a batch: connections that serve several requests, and what is known when one of them breaks.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use roomkey::domain::request::{Failure, Response};
use roomkey::error::Kind;
use roomkey::ports::http::{Door, Limits};

use super::listener::Listener;
use super::nobody::Nobody;
use super::{OK, request};

/// So many requests, one after the other, each with how often it was said to leave.
fn send_all(
    listener: &Listener,
    method: &str,
    count: usize,
    limits: &Limits,
) -> Vec<(Result<Response, Failure>, usize)> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let door = Door::new().keeping();
    let request = request(method, &format!("{}/x?secretKey=canary", listener.origin()));
    runtime.block_on(async {
        // The client is made before any time is counted.
        door.warm(&request, None).await;
        let mut sent = Vec::new();
        for _ in 0..count {
            let told = Arc::new(AtomicUsize::new(0));
            let counter = Arc::clone(&told);
            let leaves = Arc::new(move || {
                counter.fetch_add(1, Ordering::SeqCst);
            });
            let result = door.send(&request, None, limits, leaves).await;
            sent.push((result, told.load(Ordering::SeqCst)));
            // The connection comes back while others have their turn; nothing tells when it has.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
        }
        sent
    })
}

#[test]
fn a_connection_serves_one_request_after_the_other() {
    let listener = Listener::keeping(OK, 20, false);
    let sent = send_all(&listener, "POST", 20, &Limits::default());
    for (result, told) in sent {
        assert_eq!((result.unwrap().status, told), (200, 1));
    }
    assert!(listener.connections() < 10, "{} connections", listener.connections());
    for heard in listener.heard() {
        let heard = String::from_utf8(heard).unwrap().to_lowercase();
        assert!(heard.contains("content-length: 7\r\n") && heard.ends_with("{\"a\":1}"), "{heard}");
        assert!(!heard.contains("transfer-encoding"), "{heard}");
    }
}

#[test]
fn without_a_body_each_request_has_a_connection_of_its_own() {
    let listener = Listener::keeping(OK, 3, false);
    let sent = send_all(&listener, "GET", 3, &Limits::default());
    assert!(sent.iter().all(|(result, told)| result.is_ok() && *told == 1));
    assert_eq!(listener.connections(), 3);
}

#[test]
fn what_left_through_a_kept_connection_may_have_been_heard() {
    let listener = Listener::keeping(OK, 5, false);
    let mut sent = send_all(&listener, "POST", 6, &Limits::default());
    let (last, told) = sent.pop().unwrap();
    let Err(Failure::Unknown(error)) = last else { panic!("{last:?}") };
    assert_eq!((error.kind, told, listener.heard().len()), (Kind::Unclear, 1, 6));
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

#[test]
fn the_time_for_connecting_is_not_that_for_the_answer() {
    let listener = Listener::keeping(OK, 5, true);
    let (connect, first_byte) = (Duration::from_secs(2), Duration::from_secs(3));
    let limits = Limits { connect, first_byte, ..Limits::default() };
    let (last, told) = send_all(&listener, "POST", 6, &limits).pop().unwrap();
    let Err(Failure::Unknown(error)) = last else { panic!("{last:?}") };
    assert_eq!((error.kind, told), (Kind::Timeout, 1));
    assert!(error.message().contains("no answer within 3 s"), "{error}");
}

#[test]
fn nobody_there_means_nothing_was_sent() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let nobody = Nobody::new();
    let request = request("POST", &format!("http://{}/x", nobody.address()));
    let told = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&told);
    let leaves = Arc::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let door = Door::new().keeping();
    let limits = Limits::default();
    let result = runtime.block_on(door.send(&request, None, &limits, leaves));
    assert!(matches!(result, Err(Failure::NotSent(_))), "{result:?}");
    assert_eq!(told.load(Ordering::SeqCst), 0);
}
