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
    let chain = CertificateDer::pem_file_iter(file(certificate)).unwrap().map(Result::unwrap).collect();
    let key = PrivateKeyDer::from_pem_file(file("key.pem")).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut stream = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).unwrap(), stream);
            let mut piece = [0; 4096];
            // A client that does not believe the certificate hangs up; then there is nothing to answer.
            if stream.read(&mut piece).is_ok_and(|count| count > 0) {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
                stream.conn.send_close_notify();
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
    let sent = door.send(&request, ca_file.as_deref(), &limits, Arc::new(|| ()));
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
