//! The worker performs what `update` decided and answers with messages. It is a thread of its own, started by the
//! first creation, on which all calls of all profiles run side by side: each profile has a lane that lets a few calls
//! through at once and keeps their order, so that a slow provider holds up nobody else. `call` performs one plan,
//! for the console and the command line alike; `setup` is what a run starts from.

pub mod call;
mod lanes;
pub mod setup;

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;

use crate::app::message::{JobId, Message};
use crate::config::Profile;
use crate::domain::entry::Entry;
use crate::error::{Error, Result};
use crate::provider::plan::Plan;

use call::{Caller, Halt};
use lanes::{Lanes, Start};

/// Takes the worker's messages; called on the worker's thread, must not block.
pub type Sink = Arc<dyn Fn(Message) + Send + Sync>;
/// The profile of a name, as it is when its first job comes.
pub type ProfileOf = Arc<dyn Fn(&str) -> Result<Profile> + Send + Sync>;

enum Order {
    Create(JobId, Box<Plan>),
    Stop(JobId),
    Shutdown,
}

/// What the worker's thread needs.
struct Office {
    caller: Caller,
    profile_of: ProfileOf,
    sink: Sink,
}

/// The handle of the worker.
pub struct Worker {
    office: Arc<Office>,
    orders: Mutex<Option<UnboundedSender<Order>>>,
}

impl Worker {
    /// Starts nothing yet.
    pub fn new(caller: Caller, profile_of: ProfileOf, sink: Sink) -> Worker {
        Worker { office: Arc::new(Office { caller, profile_of, sink }), orders: Mutex::new(None) }
    }

    /// Performs a plan in the background. `Sent` follows when its first request leaves, `JobDone` in any case.
    pub fn create(&self, job: JobId, plan: Box<Plan>) {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if orders.is_none() {
            *orders = self.start();
        }
        let lost = match orders.as_ref() {
            Some(thread) => thread.send(Order::Create(job, plan)).err().map(|lost| lost.0),
            None => Some(Order::Create(job, plan)),
        };
        drop(orders);
        if let Some(Order::Create(job, plan)) = lost {
            let error = Error::other("the background thread does not run").hint("start roomkey again");
            (self.office.sink)(Message::JobDone(job, Box::new(plan.not_created(error))));
        }
    }

    /// Stops a job; its `JobDone` says what is known of it. A job that has ended is left as it is.
    pub fn stop(&self, job: JobId) {
        self.tell(Order::Stop(job));
    }

    /// Stops every job and then the thread; each job still ends with its `JobDone`. Nothing waits for it.
    pub fn shutdown(&self) {
        self.tell(Order::Shutdown);
    }

    /// Without a thread there is no job to stop.
    fn tell(&self, order: Order) {
        if let Some(thread) = self.orders.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            let _ = thread.send(order);
        }
    }

    fn start(&self) -> Option<UnboundedSender<Order>> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        let (give, take) = unbounded_channel();
        let office = Arc::clone(&self.office);
        let thread = std::thread::Builder::new().name("worker".into());
        let spawned = thread.spawn(move || {
            runtime.block_on(LocalSet::new().run_until(serve(office, take)));
            // A secret command or a name server may still be waited for on a thread of the runtime.
            runtime.shutdown_background();
        });
        spawned.is_ok().then_some(give)
    }
}

/// The worker's thread: orders in, messages out, until it is told to end or the console is gone.
async fn serve(office: Arc<Office>, mut orders: UnboundedReceiver<Order>) {
    let (ended, mut ends) = unbounded_channel();
    let mut lanes = Lanes::default();
    let mut open = true;
    while open || lanes.is_busy() {
        tokio::select! {
            biased;
            order = orders.recv(), if open => match order {
                Some(Order::Create(job, plan)) => match (office.profile_of)(&plan.profile) {
                    Ok(profile) => lanes.add(job, plan, profile),
                    Err(error) => office.done(job, plan.not_created(error)),
                },
                Some(Order::Stop(job)) => {
                    if let Some(plan) = lanes.stop(job) {
                        office.done(job, Halt::User.before_sending(&plan));
                    }
                }
                Some(Order::Shutdown) => {
                    open = false;
                    for (job, plan) in lanes.stop_all() {
                        office.done(job, Halt::User.before_sending(&plan));
                    }
                }
                None => return,
            },
            Some(job) = ends.recv() => lanes.ended(job),
        }
        for start in lanes.ready() {
            let (office, ended) = (Arc::clone(&office), ended.clone());
            tokio::task::spawn_local(async move {
                let Start { job, plan, profile, halt } = start;
                let told = Arc::clone(&office);
                let sent = Arc::new(move || (told.sink)(Message::Sent(job)));
                let entry = office.caller.perform(*plan, &profile, halt, sent).await;
                office.done(job, entry);
                let _ = ended.send(job);
            });
        }
    }
}

impl Office {
    fn done(&self, job: JobId, entry: Entry) {
        (self.sink)(Message::JobDone(job, Box::new(entry)));
    }
}
