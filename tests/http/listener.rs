//! A TCP listener that notes what it hears and says one thing, HTTP or not.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Default)]
struct Notes {
    connections: usize,
    /// One request each, whole; what is no HTTP, as it came first.
    heard: Vec<Vec<u8>>,
}

pub struct Listener {
    origin: String,
    notes: Arc<(Mutex<Notes>, Condvar)>,
}

impl Listener {
    /// Says this to each request and hangs up.
    pub fn answering(answer: &[u8]) -> Listener {
        Listener::new(answer, false)
    }

    /// Says this to each request and then nothing for ever.
    pub fn silent(beginning: &[u8]) -> Listener {
        Listener::new(beginning, true)
    }

    /// Says this to so many requests, however many come through a connection, and to the next one nothing: it hangs up, or waits for ever.
    pub fn keeping(answer: &[u8], times: usize, hold: bool) -> Listener {
        let (listener, theirs) = Listener::bind();
        let (answer, notes) = (answer.to_vec(), Arc::clone(&listener.notes));
        thread::spawn(move || {
            for stream in theirs.incoming().map_while(Result::ok) {
                notes.0.lock().unwrap().connections += 1;
                let (answer, notes) = (answer.clone(), Arc::clone(&notes));
                thread::spawn(move || serve(stream, &answer, times, hold, &notes));
            }
        });
        listener
    }

    fn bind() -> (Listener, TcpListener) {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", socket.local_addr().unwrap());
        let notes = Arc::new((Mutex::new(Notes::default()), Condvar::new()));
        (Listener { origin, notes }, socket)
    }

    fn new(answer: &[u8], hold: bool) -> Listener {
        let (ours, listener) = Listener::bind();
        let (answer, theirs) = (answer.to_vec(), Arc::clone(&ours.notes));
        thread::spawn(move || {
            let mut held = Vec::new();
            for mut stream in listener.incoming().map_while(Result::ok) {
                theirs.0.lock().unwrap().connections += 1;
                let request = read(&mut stream);
                theirs.0.lock().unwrap().heard.push(request);
                theirs.1.notify_all();
                // The other side may have gone already; then there is nobody to tell.
                let _ = stream.write_all(&answer);
                if hold {
                    held.push(stream);
                }
            }
        });
        ours
    }

    pub fn origin(&self) -> String {
        self.origin.clone()
    }

    pub fn connections(&self) -> usize {
        self.notes.0.lock().unwrap().connections
    }

    /// What was heard, once something was.
    pub fn heard(&self) -> Vec<Vec<u8>> {
        let notes = self.notes.0.lock().unwrap();
        let wait = Duration::from_secs(10);
        let (notes, _) =
            self.notes.1.wait_timeout_while(notes, wait, |notes| notes.heard.is_empty()).unwrap();
        notes.heard.clone()
    }
}

fn serve(mut stream: TcpStream, answer: &[u8], times: usize, hold: bool, notes: &(Mutex<Notes>, Condvar)) {
    for _ in 0..=times {
        let request = read(&mut stream);
        if request.is_empty() {
            return;
        }
        let mut noted = notes.0.lock().unwrap();
        noted.heard.push(request);
        let last = noted.heard.len() > times;
        drop(noted);
        notes.1.notify_all();
        if last {
            break;
        }
        let _ = stream.write_all(answer);
    }
    if hold {
        // Until the other side goes.
        let _ = read(&mut stream);
    }
}

/// One request with its body, or whatever comes first where that is no HTTP.
fn read(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some(end) = text.find("\r\n\r\n") {
            let length = text.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
            let length: usize = length.and_then(|digits| digits.trim().parse().ok()).unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                return bytes;
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return bytes,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
        if !bytes[0].is_ascii_uppercase() {
            return bytes;
        }
    }
}
