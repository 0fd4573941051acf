//! One connection: hyper reads requests and writes answers; where a fault asks for an ending outside HTTP, hyper is
//! stopped, the socket taken back, and the ending written by hand.

use std::fmt;
use std::future::{self, poll_fn};
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::fault::{Finish, Tear};
use super::state::Shared;
use super::wire::{Answer, Call};

/// Larger bodies than any of the services would read are refused.
const BODY_LIMIT: usize = 1024 * 1024;

/// Where a request leaves the order for its connection's end.
type Torn = Arc<Mutex<Option<Tear>>>;

pub(super) async fn run(stream: TcpStream, shared: Arc<Shared>) {
    // small answers at once; a socket that cannot do that still works
    let _ = stream.set_nodelay(true);
    let torn = Torn::default();
    let noted = torn.clone();
    let service = service_fn(move |request| Box::pin(one(request, shared.clone(), noted.clone())));
    let mut builder = http1::Builder::new();
    // the sandbox has a time of its own, and no opinion on the caller's
    builder.auto_date_header(false);
    let mut http = builder.serve_connection(TokioIo::new(stream), service);
    // how hyper ended does not matter: either an ending was ordered, or the caller has gone
    let _ = poll_fn(|context| http.poll_without_shutdown(context)).await;
    let mut stream = http.into_parts().io.into_inner();
    let tear = torn.lock().unwrap_or_else(PoisonError::into_inner).take();
    end(&mut stream, tear.unwrap_or_default()).await;
}

async fn end(stream: &mut TcpStream, tear: Tear) {
    if tear.reset {
        let _ = stream.set_zero_linger();
        return;
    }
    if stream.write_all(&tear.head).await.is_err() {
        return;
    }
    for byte in tear.tail {
        tokio::time::sleep(tear.pause).await;
        if stream.write_all(&[byte]).await.is_err() {
            return;
        }
    }
    let _ = stream.shutdown().await;
}

/// The request is over without an answer that hyper could write.
#[derive(Debug)]
struct Broken;

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the connection ends as ordered")
    }
}

impl std::error::Error for Broken {}

async fn one(
    request: Request<Incoming>,
    shared: Arc<Shared>,
    torn: Torn,
) -> Result<Response<Full<Bytes>>, Broken> {
    let (head, body) = request.into_parts();
    let mut call = Call {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.iter().map(header).collect(),
        body: Vec::new(),
    };
    let reading = shared.arrived(&call);
    let number = reading.number;
    let Ok(body) = Limited::new(body, BODY_LIMIT).collect().await else {
        shared.answered(number, &call, Some(413));
        return Ok(response(Answer::empty(413)));
    };
    call.body = body.to_bytes().to_vec();
    let (order, answer) = shared.work(number, &call);
    drop(reading);
    let finish = match order {
        None => Finish::Answer(answer),
        Some(order) => {
            order.wait().await;
            order.finish(answer)
        }
    };
    match finish {
        Finish::Answer(answer) => {
            shared.answered(number, &call, Some(answer.status));
            Ok(response(answer))
        }
        Finish::Silence => future::pending().await,
        Finish::Tear(tear) => {
            shared.answered(number, &call, None);
            *torn.lock().unwrap_or_else(PoisonError::into_inner) = Some(tear);
            Err(Broken)
        }
    }
}

fn header((name, value): (&HeaderName, &HeaderValue)) -> (String, String) {
    (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// A header or status that HTTP does not allow is left out, or 500: a fault that wants such a thing sends raw bytes.
fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_bytes(value.as_bytes()))
        {
            response.headers_mut().append(name, value);
        }
    }
    response
}
