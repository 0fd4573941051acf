//! Encrypted connections: whose certificate is believed, and that nothing is sent before it is.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use roomkey::domain::request::Failure;
use roomkey::error::Kind;
use roomkey::ports::http::{Door, Limits};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::request;

/// Certificates made for these tests alone, of an authority nobody trusts.
fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/certificates").join(name)
}

/// An https server with this certificate that answers each request; its origin. What gets through the encryption is
/// answered, so an answer proves that a request came.
fn serve(certificate: &str) -> String {
    serve_so(certificate, &[], b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", true)
}

/// The same with the protocols it speaks, what it says, and whether it ends as it should.
fn serve_so(certificate: &str, protocols: &[&str], answer: &'static [u8], closes: bool) -> String {
    let chain = CertificateDer::pem_file_iter(file(certificate)).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(file("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_no_client_auth().with_single_cert(chain, key).unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            let mut piece = [0; 4096];
            // A client that does not believe the certificate hangs up; then there is nothing to answer.
            if stream.read(&mut piece).is_ok_and(|count| count > 0) {
                let _ = stream.write_all(answer);
                if closes {
                    stream.conn.send_close_notify();
                }
                let _ = stream.flush();
            }
        }
    });
    origin
}

fn call(origin: &str, ca_file: Option<PathBuf>) -> Result<u16, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = request("GET", &format!("{origin}/x?secretKey=canary"));
    let limits = Limits::default();
    let door = Door::new();
    let sent = async {
        door.warm(&request, ca_file.as_deref()).await;
        door.send(&request, ca_file.as_deref(), &limits, Arc::new(|| ())).await
    };
    runtime.block_on(sent).map(|response| response.status)
}

#[track_caller]
fn refused(result: Result<u16, Failure>, sentence: &str) {
    match result {
        Err(Failure::NotSent(error)) => {
            assert_eq!(error.kind, Kind::Network);
            assert!(error.message().contains(sentence), "{error}");
            assert!(!error.to_string().contains("canary"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_authority_of_ones_own_is_believed_when_it_is_named() {
    let origin = serve("good.pem");
    refused(call(&origin, None), "is from no authority known here");
    assert_eq!(call(&origin, Some(file("ca.pem"))), Ok(200));
}

#[test]
fn certificates_that_do_not_hold_are_told_apart() {
    let ca_file = || Some(file("ca.pem"));
    refused(call(&serve("expired.pem"), ca_file()), "has expired");
    refused(call(&serve("other.pem"), ca_file()), "is for another name");
}

#[test]
fn an_authority_that_cannot_be_read_sends_nothing() {
    let origin = serve("good.pem");
    for (name, sentence) in [("none.pem", "there is no file"), ("key.pem", "holds no certificate")] {
        match call(&origin, Some(file(name))) {
            Err(Failure::NotSent(error)) => {
                assert_eq!(error.kind, Kind::Config);
                assert!(error.message().contains(sentence), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
}

const WHOLE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

#[test]
fn an_end_that_was_not_said_counts_where_it_could_be_a_cut() {
    let ca_file = || Some(file("ca.pem"));
    assert_eq!(call(&serve_so("good.pem", &[], WHOLE, false), ca_file()), Ok(200));
    match call(&serve_so("good.pem", &[], b"HTTP/1.1 200 OK\r\n\r\n{}", false), ca_file()) {
        Err(Failure::Unknown(error)) => assert_eq!(error.kind, Kind::Unclear),
        other => panic!("{other:?}"),
    }
}

/// Streams, floods and resets of HTTP/2 cannot befall what never speaks it.
#[test]
fn http_2_is_not_spoken() {
    let ca_file = || Some(file("ca.pem"));
    assert_eq!(call(&serve_so("good.pem", &["h2", "http/1.1"], WHOLE, true), ca_file()), Ok(200));
    refused(call(&serve_so("good.pem", &["h2"], WHOLE, true), ca_file()), "no encrypted connection");
    let frames = b"\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x08\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00";
    match call(&serve_so("good.pem", &["http/1.1"], frames, true), ca_file()) {
        Err(Failure::Unknown(error)) => assert!(error.message().contains("not a proper answer"), "{error}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_encryption_that_is_too_old_or_none_is_refused() {
    let alert: &[u8] = b"\x15\x03\x01\x00\x02\x02\x46";
    let old_hello: &[u8] =
        b"\x16\x03\x01\x00\x2a\x02\x00\x00\x26\x03\x01AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\x00\x00\x2f\x00";
    for answer in [alert, old_hello, b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH-2.0-x\r\n"] {
        let listener = super::Listener::answering(answer);
        let origin = listener.origin().replace("http:", "https:");
        refused(call(&origin, None), &origin.replace("https://", ""));
    }
}
