//! What can be done with a task that is a case by itself, and what can happen to it: a line
//! each. All else that is true of a step or an event stands in the file that the line names.

use super::changing::NewDay;
use super::history::TaskCase;
use super::{changing, escalation, giving, note, recount, report};
use crate::case::happening::list_events;
use crate::case::step::list_steps;
use crate::codes::codes;
use crate::text::{Prose, Reason};

list_steps! {
    /// What somebody wants to do with a task, already parsed.
    TaskStep, TaskStepName of TaskCase, Give begins;
    /// Its owner calls it done.
    Report { text: Prose<2000>, } = Some(&report::REPORT), report::report;
    /// Whoever gave it takes it for done, or not.
    Confirm { done: bool, reason: Option<Reason>, } = Some(&report::CONFIRM), report::confirm;
    Note { text: Prose<2000>, } = Some(&note::FORM), note::note;
    /// 改期.
    Reschedule { day: NewDay, reason: Reason, }
        = Some(&changing::RESCHEDULE), changing::reschedule;
    Withdraw { reason: Reason, } = Some(&changing::WITHDRAW), changing::withdraw;
    /// By the sweep: a level of the ladder is due.
    Elapse = None, escalation::elapse;
}

codes!(TaskStepName);

list_events! {
    /// What can happen to a task.
    TaskWhat of TaskCase, called "task";
    Given: giving::GIVEN,
    Reported: report::REPORTED,
    Confirmed: report::CONFIRMED,
    Noted: note::NOTED,
    Rescheduled: changing::RESCHEDULED,
    Withdrawn: changing::WITHDRAWN,
    Escalated: escalation::ESCALATED,
    Moved: recount::MOVED,
    Reruled: recount::RERULED,
}
