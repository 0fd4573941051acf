//! Telling when a connection stands. The client makes connections inside the future of the call, so a task-local
//! value reaches from the call into the connector; the layer here passes everything through and speaks up when
//! address, TCP, TLS and proxy are done and not one byte of the request has left.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

/// Called when a connection stands.
pub type Connected = Arc<dyn Fn() + Send + Sync>;

tokio::task_local! {
    static CONNECTED: Connected;
}

/// Runs a call whose connection `connected` wants to hear of.
pub(super) fn watched<F: Future>(connected: Connected, call: F) -> impl Future<Output = F::Output> {
    CONNECTED.scope(connected, call)
}

#[derive(Clone)]
pub(super) struct Watch;

impl<S> Layer<S> for Watch {
    type Service = Watched<S>;

    fn layer(&self, inner: S) -> Watched<S> {
        Watched { inner }
    }
}

#[derive(Clone)]
pub(super) struct Watched<S> {
    inner: S,
}

impl<S, To> Service<To> for Watched<S>
where
    S: Service<To>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, to: To) -> Self::Future {
        let connected = CONNECTED.try_with(Arc::clone).ok();
        let connecting = self.inner.call(to);
        Box::pin(async move {
            let connection = connecting.await?;
            if let Some(connected) = connected {
                connected();
            }
            Ok(connection)
        })
    }
}
