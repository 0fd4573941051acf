//! Finding a host and reaching it: a resolver that says no or nothing, addresses that lead nowhere, and one that does
//! among many that do not. Nothing was sent in all of these but the last.

use std::io;
use std::net::{Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use roomkey::domain::request::Request;
use roomkey::error::{Error, Kind};
use roomkey::ports::http::{Door, Limits};

use super::listener::Listener;
use super::skipped::skipped;
use super::{OK, not_sent, request, send_through};

const SHORT: Limits = Limits {
    connect: Duration::from_millis(400),
    first_byte: Duration::from_secs(20),
    whole: Duration::from_secs(30),
    body: 1024,
};

/// What ends at the limit of connecting has ended by then; without it there would be no end.
const FAR: Duration = Duration::from_secs(20);

/// A door for which every host has these addresses.
fn leading_to(addresses: Vec<SocketAddr>) -> Door {
    Door::looking_up(Arc::new(move |_| {
        let addresses = addresses.clone();
        Box::pin(async move { Ok(addresses) })
    }))
}

#[track_caller]
fn unreached(door: &Door, url: &str) -> Error {
    let request = request("POST", url);
    warmed(door, &request);
    let begun = Instant::now();
    let error = not_sent(send_through(door, &request, &SHORT));
    assert!(begun.elapsed() < FAR, "{:?}", begun.elapsed());
    assert_eq!(error.kind, Kind::Network, "{error}");
    error
}

/// Makes the client before a test begins to count.
fn warmed(door: &Door, request: &Request) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(door.warm(request, None));
}

/// A listener whose queue is full: who connects now waits for ever. The connections keep it so.
fn stalled(address: SocketAddr) -> io::Result<(TcpListener, Vec<TcpStream>)> {
    let listener = TcpListener::bind(address)?;
    let address = listener.local_addr()?;
    let mut queue = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
        queue.push(stream);
    }
    Ok((listener, queue))
}

#[test]
fn a_resolver_that_says_nothing_is_not_waited_for() {
    let door = Door::looking_up(Arc::new(|_| Box::pin(std::future::pending())));
    let error = unreached(&door, "https://far.example/x?secretKey=canary");
    assert_eq!(error.message(), "could not connect to far.example within 400 ms");
}

#[test]
fn a_resolver_that_fails_or_knows_no_address_has_a_sentence() {
    let failing =
        Door::looking_up(Arc::new(|_| Box::pin(async { Err(io::Error::other("SERVFAIL canary")) })));
    let nowhere = ["0.0.0.0:0", "[::]:0"].map(|address| address.parse().unwrap());
    for door in [failing, leading_to(Vec::new()), leading_to(nowhere.into())] {
        let error = unreached(&door, "https://far.example/x?secretKey=canary");
        assert_eq!(error.message(), "could not find the address of far.example");
    }
}

#[test]
fn the_time_for_connecting_covers_all_addresses() {
    let (listener, _queue) = stalled("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    for count in [1, 500] {
        let url = format!("http://localhost:{}/x?secretKey=canary", address.port());
        let error = unreached(&leading_to(vec![address; count]), &url);
        assert_eq!(error.next_step(), Some("check the network, and base_url of this profile"), "{error}");
    }
}

#[test]
fn a_broken_ipv6_does_not_hold_up_ipv4() {
    let listener = Listener::answering(OK);
    let port = listener.origin().rsplit(':').next().unwrap().parse().unwrap();
    let Ok((sixth, _queue)) = stalled((Ipv6Addr::LOCALHOST, port).into()) else {
        return skipped("there is no IPv6 here that could be broken");
    };
    // So many that trying one after the other would take all of the five seconds.
    let mut both = vec![sixth.local_addr().unwrap(); 49];
    both.push(([127, 0, 0, 1], port).into());
    let (door, request) = (leading_to(both), request("POST", &format!("http://localhost:{port}/x")));
    warmed(&door, &request);
    let begun = Instant::now();
    let (result, told) = send_through(&door, &request, &Limits::default());
    assert_eq!((result.unwrap().status, told), (200, 1));
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    assert_eq!(listener.heard().len(), 1);
}
