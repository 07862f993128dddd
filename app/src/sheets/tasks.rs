use chrono::NaiveDate;
use domain::order::Light;
use domain::task::TaskState;
use domain::{Instant, Named};

use super::form::FormSheet;
use super::{Deadline, FileSheet, Unsent, Waiting};
use crate::components::fields::Choice;

/// What a body is to do, whoever gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskSheet {
    /// Of the case that it is of, with its page.
    pub number: String,
    pub page: String,
    pub title: String,
    /// Whose order it is of; empty where it is of none.
    pub enterprise: String,
    pub seq: u32,
    pub text: String,
    pub proof: String,
    pub basis: Option<String>,
    pub owner: Named,
    pub co_owners: Vec<Named>,
    /// Whether a meeting decided it.
    pub is_decision: bool,
    /// Whoever gave it, in words.
    pub source: String,
    pub given_at: Instant,
    pub deadline: Deadline,
    /// The day off that was asked for; it is due on the working day after it.
    pub moved_from: Option<NaiveDate>,
    pub light: Light,
    pub state: TaskState,
    /// Whether it was, or is, done after its deadline.
    pub late: bool,
    pub report: Option<(Instant, String)>,
    pub files: Vec<FileSheet>,
    pub not_done: Option<String>,
    /// Of an order's: whether the reader's body answers for it and has not called it done.
    pub to_report: bool,
    pub to_confirm: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TasksSheet {
    /// `open`, `late`, `reported` or `all`.
    pub which: String,
    pub items: Vec<TaskSheet>,
    pub total: u64,
    /// From which one on they are shown.
    pub skip: u32,
    pub page: u16,
    /// For who gives tasks by themselves: with the bodies to choose from, and what they were
    /// typing.
    pub give: Option<FormSheet>,
    pub bodies: Vec<Choice>,
    pub unsent: Vec<Unsent>,
    pub waiting: Waiting,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TaskQuery {
    pub which: String,
    pub skip: String,
}
