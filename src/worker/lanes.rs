//! Who may call now. Each profile is a lane with so many calls at once; the others wait in the order they were
//! asked for.

use std::collections::VecDeque;

use tokio::sync::watch;

use crate::app::message::JobId;
use crate::config::Profile;
use crate::provider::flow::Flow;
use crate::provider::follow_up::Question;
use crate::provider::plan::Plan;

use super::call::{Halt, Halting};

/// What a job is to do.
pub(super) enum Task {
    Make(Box<Plan>),
    /// What is missing of a room that exists.
    Complete(Box<Flow>),
    /// A call about something that was made before.
    Ask(Box<Question>),
}

impl Task {
    /// The name of the profile whose lane it takes.
    pub fn profile(&self) -> &str {
        match self {
            Task::Make(plan) => &plan.profile,
            Task::Complete(flow) => &flow.plan().profile,
            Task::Ask(question) => &question.entry.profile,
        }
    }
}

/// A job whose turn has come.
pub(super) struct Start {
    pub job: JobId,
    pub task: Task,
    pub profile: Profile,
    pub halt: Halting,
}

#[derive(Default)]
pub(super) struct Lanes {
    lanes: Vec<Lane>,
}

struct Lane {
    profile: String,
    /// Calls at once.
    width: usize,
    waiting: VecDeque<(JobId, Task, Profile)>,
    running: Vec<(JobId, watch::Sender<Option<Halt>>)>,
    /// What was made and is being kept; nothing is called for it any more.
    made: Vec<JobId>,
}

impl Lanes {
    pub fn add(&mut self, job: JobId, task: Task, profile: Profile) {
        let index = self.lanes.iter().position(|lane| lane.profile == profile.name).unwrap_or_else(|| {
            self.lanes.push(Lane {
                profile: profile.name.clone(),
                width: 1,
                waiting: VecDeque::new(),
                running: Vec::new(),
                made: Vec::new(),
            });
            self.lanes.len() - 1
        });
        let lane = &mut self.lanes[index];
        lane.width = profile.concurrency.max(1);
        lane.waiting.push_back((job, task, profile));
    }

    /// The jobs that may start now.
    pub fn ready(&mut self) -> Vec<Start> {
        let mut starts = Vec::new();
        for lane in &mut self.lanes {
            while lane.running.len() < lane.width {
                let Some((job, task, profile)) = lane.waiting.pop_front() else { break };
                let (give, halt) = watch::channel(None);
                lane.running.push((job, give));
                starts.push(Start { job, task, profile, halt });
            }
        }
        starts
    }

    /// Stops a job. One that still waits is taken out and given back; one that runs is told.
    pub fn stop(&mut self, job: JobId) -> Option<Task> {
        for lane in &mut self.lanes {
            if let Some(at) = lane.waiting.iter().position(|(waiting, ..)| *waiting == job) {
                return lane.waiting.remove(at).map(|(_, task, _)| task);
            }
            for (_, halt) in lane.running.iter().filter(|(running, _)| *running == job) {
                halt.send_replace(Some(Halt::User));
            }
        }
        None
    }

    /// Takes out a job that still waits to make something.
    pub fn recall(&mut self, job: JobId) -> Option<Task> {
        let is =
            |(waiting, task, _): &(JobId, Task, Profile)| *waiting == job && matches!(task, Task::Make(_));
        self.lanes.iter_mut().find_map(|lane| {
            let at = lane.waiting.iter().position(is)?;
            lane.waiting.remove(at).map(|(_, task, _)| task)
        })
    }

    pub fn stop_all(&mut self) -> Vec<(JobId, Task)> {
        let mut waiting = Vec::new();
        for lane in &mut self.lanes {
            waiting.extend(lane.waiting.drain(..).map(|(job, task, _)| (job, task)));
            for (_, halt) in &lane.running {
                halt.send_replace(Some(Halt::User));
            }
        }
        waiting
    }

    /// The room of a job exists: its place is free, and its end still to come.
    pub fn created(&mut self, job: JobId) {
        for lane in &mut self.lanes {
            let before = lane.running.len();
            lane.running.retain(|(running, _)| *running != job);
            if lane.running.len() < before {
                lane.made.push(job);
            }
        }
    }

    pub fn ended(&mut self, job: JobId) {
        for lane in &mut self.lanes {
            lane.made.retain(|made| *made != job);
            lane.running.retain(|(running, _)| *running != job);
        }
    }

    pub fn is_busy(&self) -> bool {
        self.lanes
            .iter()
            .any(|lane| !lane.running.is_empty() || !lane.waiting.is_empty() || !lane.made.is_empty())
    }
}
