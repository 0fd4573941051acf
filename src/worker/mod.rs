//! The worker performs what `update` decided and answers with messages. It is a thread of its own, started by the
//! first creation, on which all calls of all profiles run side by side: each profile has a lane that lets a few calls
//! through at once and keeps their order, so that a slow provider holds up nobody else. `call` performs one plan,
//! for the console and the command line alike, `asking` a call about what was made before, `testing` one that tests a key;
//! `halt` is what ends one early, `purse` fetches the secret, `record` says what the history keeps and `witness` what the request log shows; `setup` is what a run
//! starts from.

pub mod asking;
pub mod call;
mod halt;
mod lanes;
pub mod purse;
mod record;
pub mod setup;
mod testing;
pub mod witness;

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;

use crate::app::message::{JobId, Message};
use crate::config::Profile;
use crate::domain::entry::Entry;
use crate::domain::finding::{Asking, Finding};
use crate::domain::page::Page;
use crate::error::{Error, Result};
use crate::provider::flow::Flow;
use crate::provider::follow_up::Question;
use crate::provider::key_test::Proof;
use crate::provider::plan::Plan;

use call::Caller;
use lanes::{Lanes, Start, Task};

/// Takes the worker's messages; called on the worker's thread, must not block.
pub type Sink = Arc<dyn Fn(Message) + Send + Sync>;
/// The profile of a name, as it is when its first job comes.
pub type ProfileOf = Arc<dyn Fn(&str) -> Result<Profile> + Send + Sync>;

enum Order {
    Create(JobId, Box<Plan>),
    Complete(JobId),
    Ask(JobId, Box<Question>),
    Test(String, Arc<Page>),
    Stop(JobId),
    Recall(JobId),
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
        if let Some(Order::Create(job, plan)) = self.begin(Order::Create(job, plan)) {
            (self.office.sink)(Message::JobDone(job, Box::new(plan.not_created(no_thread()))));
        }
    }

    /// Asks about something that was made before, or deletes it; `Answered` follows in any case.
    pub fn ask(&self, job: JobId, question: Box<Question>) {
        if let Some(Order::Ask(job, question)) = self.begin(Order::Ask(job, question)) {
            self.office.answered(job, question.asking, Err(no_thread()));
        }
    }

    /// Tests the key of a profile; `KeyTested` follows in any case.
    pub fn test(&self, profile: String, page: Arc<Page>) {
        if let Some(Order::Test(profile, _)) = self.begin(Order::Test(profile, page)) {
            self.office.tested(profile, Err(no_thread()));
        }
    }

    /// Gives an order to the thread, which is started by the first one; the order, where there is no thread.
    fn begin(&self, order: Order) -> Option<Order> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if orders.is_none() {
            *orders = self.start();
        }
        match orders.as_ref() {
            Some(thread) => thread.send(order).err().map(|lost| lost.0),
            None => Some(order),
        }
    }

    /// Tries again what is missing of an entry that is `incomplete`, under the job's own number and within this run;
    /// `JobDone` follows with the whole entry, or `NotCompleted`. Nothing that was made is made again.
    pub fn complete(&self, job: JobId) {
        if !self.tell(Order::Complete(job)) {
            self.office.not_completed(job, nothing_kept());
        }
    }

    /// Stops a job; its `JobDone` says what is known of it. A job that has ended is left as it is.
    pub fn stop(&self, job: JobId) {
        self.tell(Order::Stop(job));
    }

    /// Takes a job back that has not begun; one that has goes on as if nothing had been said.
    pub fn recall(&self, job: JobId) {
        self.tell(Order::Recall(job));
    }

    /// Stops every job and then the thread; each job still ends with its `JobDone`. Nothing waits for it.
    pub fn shutdown(&self) {
        self.tell(Order::Shutdown);
    }

    /// Whether there is a thread that hears it; without one there is no job to stop.
    fn tell(&self, order: Order) -> bool {
        let orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        orders.as_ref().is_some_and(|thread| thread.send(order).is_ok())
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

fn no_thread() -> Error {
    Error::other("the background thread does not run").hint("start roomkey again")
}

fn nothing_kept() -> Error {
    Error::other("what is missing of this room can be asked for no more").hint("make another one")
}

/// Rooms that lack something, and what can go on with them.
type Kept = Vec<(JobId, Box<Flow>)>;

/// What a job comes to.
enum End {
    /// The room exists, and the entry is being kept.
    Created(JobId),
    /// It is over; with what can be completed later.
    Over(JobId, Option<Box<Flow>>),
}

/// The worker's thread: orders in, messages out, until it is told to end or the console is gone.
async fn serve(office: Arc<Office>, mut orders: UnboundedReceiver<Order>) {
    let (ended, mut ends) = unbounded_channel::<End>();
    let mut lanes = Lanes::default();
    let mut kept = Kept::new();
    let mut open = true;
    while open || lanes.is_busy() {
        tokio::select! {
            // Ends first: an order may be the answer to one.
            biased;
            Some(end) = ends.recv() => match end {
                End::Created(job) => lanes.created(job),
                End::Over(job, lacking) => {
                    lanes.ended(job);
                    kept.extend(lacking.map(|one| (job, one)));
                }
            },
            order = orders.recv(), if open => match order {
                Some(Order::Create(job, plan)) => office.admit(&mut lanes, job, Task::Make(plan), &mut kept),
                Some(Order::Complete(job)) => match kept.iter().position(|(known, _)| *known == job) {
                    Some(at) => {
                        let flow = kept.swap_remove(at).1;
                        office.admit(&mut lanes, job, Task::Complete(flow), &mut kept);
                    }
                    None => office.not_completed(job, nothing_kept()),
                },
                Some(Order::Ask(job, question)) => {
                    office.admit(&mut lanes, job, Task::Ask(question), &mut kept);
                }
                Some(Order::Test(profile, page)) => {
                    tokio::task::spawn_local(test(Arc::clone(&office), profile, page));
                }
                Some(Order::Stop(job)) => {
                    if let Some(task) = lanes.stop(job) {
                        office.refuse(job, task, halt::unstarted(), &mut kept);
                    }
                }
                Some(Order::Recall(job)) => {
                    if let Some(Task::Make(plan)) = lanes.recall(job) {
                        office.done(job, plan.not_created(Error::other(Plan::RECALLED)));
                    }
                }
                Some(Order::Shutdown) => {
                    open = false;
                    for (job, task) in lanes.stop_all() {
                        office.refuse(job, task, halt::unstarted(), &mut kept);
                    }
                }
                None => return,
            },
        }
        for start in lanes.ready() {
            tokio::task::spawn_local(perform(Arc::clone(&office), start, ended.clone()));
        }
    }
}

/// One job from its turn to its end.
async fn perform(office: Arc<Office>, start: Start, ended: UnboundedSender<End>) {
    let Start { job, task, profile, halt } = start;
    let told = Arc::clone(&office);
    let sent = Arc::new(move || (told.sink)(Message::Sent(job)));
    let (entry, flow) = match task {
        Task::Ask(question) => {
            let answer = office.caller.ask(&question, &profile, halt).await;
            let _ = ended.send(End::Over(job, None));
            return office.answered(job, question.asking, answer);
        }
        Task::Make(plan) => {
            let created = || {
                let _ = ended.send(End::Created(job));
            };
            office.caller.perform_telling(*plan, &profile, halt, sent, created).await
        }
        Task::Complete(flow) => match office.caller.complete(flow, &profile, halt, sent).await {
            Ok(done) => done,
            Err((error, flow)) => {
                let _ = ended.send(End::Over(job, Some(flow)));
                return office.not_completed(job, error);
            }
        },
    };
    // What is kept is known before the console can ask for it.
    let _ = ended.send(End::Over(job, flow));
    office.done(job, entry);
}

/// Nobody waits for it, and leaving loses nothing.
async fn test(office: Arc<Office>, name: String, page: Arc<Page>) {
    let proof = match (office.profile_of)(&name) {
        Ok(profile) => office.caller.test(&page, &profile).await,
        Err(error) => Err(error),
    };
    office.tested(name, proof);
}

impl Office {
    fn tested(&self, profile: String, proof: Result<Proof>) {
        (self.sink)(Message::KeyTested(profile, Box::new(proof)));
    }

    /// Lets a job into the lane of its profile.
    fn admit(&self, lanes: &mut Lanes, job: JobId, task: Task, kept: &mut Kept) {
        match (self.profile_of)(task.profile()) {
            Ok(profile) => lanes.add(job, task, profile),
            Err(error) => self.refuse(job, task, error, kept),
        }
    }

    /// A job that does not begin, and why. What could be completed still can be.
    fn refuse(&self, job: JobId, task: Task, error: Error, kept: &mut Kept) {
        match task {
            Task::Make(plan) => self.done(job, plan.not_created(error)),
            Task::Complete(flow) => {
                kept.push((job, flow));
                self.not_completed(job, error);
            }
            Task::Ask(question) => self.answered(job, question.asking, Err(error)),
        }
    }

    fn not_completed(&self, job: JobId, error: Error) {
        (self.sink)(Message::NotCompleted(job, error));
    }

    fn answered(&self, job: JobId, asking: Asking, answer: Result<Finding>) {
        (self.sink)(Message::Answered { job, asking, answer: Box::new(answer) });
    }

    fn done(&self, job: JobId, entry: Entry) {
        (self.sink)(Message::JobDone(job, Box::new(entry)));
    }
}
