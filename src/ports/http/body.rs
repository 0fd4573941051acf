//! A body that says when it leaves. Where a connection serves several requests, making it tells nothing; but the client
//! asks for the body before the first byte of the request is on its way, so whoever was not told has sent nothing.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};

use super::watch::Connected;

pub(super) struct Telling {
    bytes: Option<Bytes>,
    leaves: Connected,
}

impl Telling {
    /// None where there is nothing that could leave: an empty body is never asked for.
    pub fn new(bytes: Vec<u8>, leaves: Connected) -> Option<Telling> {
        (!bytes.is_empty()).then(|| Telling { bytes: Some(bytes.into()), leaves })
    }
}

impl Body for Telling {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = self.bytes.take();
        if bytes.is_some() {
            (self.leaves)();
        }
        Poll::Ready(bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.bytes.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
