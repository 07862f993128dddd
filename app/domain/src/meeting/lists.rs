//! What can be done with a meeting, and what can happen to it: a line each. All else that is
//! true of a step or an event stands in the file that the line names.

use super::guest::{Answer, Guest};
use super::history::Meeting;
use super::minutes::{MinutesNumber, MinutesText};
use super::plan::{Chair, Plan};
use super::{
    agenda, assignment, attendance, calling, deliberation, invitation, minutes, note, session,
};
use crate::case::happening::list_events;
use crate::case::step::list_steps;
use crate::codes::codes;
use crate::order::Number;
use crate::task::{Giving, TaskNumber};
use crate::text::Reason;

list_steps! {
    /// What somebody wants to do with a meeting, already parsed.
    MeetingStep, MeetingStepName of Meeting;
    Answer(answer: Answer) = Some(&invitation::ANSWER), invitation::answer;
    /// Tells everybody who is on the plan.
    Invite = Some(&invitation::INVITE), invitation::invite;
    Open = Some(&session::OPEN), session::open;
    /// `decision` is the event of the order, written in the same transaction; `seen`, how
    /// many decisions about the matter the writer had read.
    Decide { matter: Number, decision: u32, seen: usize, }
        = Some(&deliberation::DECIDE), deliberation::decide;
    /// A decision without a task; otherwise as `Decide`.
    Conclude { matter: Number, decision: u32, seen: usize, }
        = Some(&deliberation::CONCLUDE), deliberation::decide;
    /// Of none of its matters; `task` is given in the same transaction.
    Assign { task: TaskNumber, giving: Giving, } = Some(&assignment::FORM), assignment::assign;
    /// 缓议.
    Defer { matter: Number, reason: Reason, } = Some(&deliberation::DEFER), deliberation::defer;
    /// `None` takes back what was noted.
    Attend { guest: Guest, present: Option<bool>, } = Some(&attendance::FORM), attendance::attend;
    /// `knowingly`: although it is not recorded of everybody whether they came.
    End { knowingly: bool, } = Some(&session::END), session::end;
    /// `stands`: whether the order is a matter that can be deliberated.
    PutOn { matter: Number, minutes: u16, stands: bool, } = Some(&agenda::PUT_ON), agenda::put_on;
    TakeOff { matter: Number, } = Some(&agenda::TAKE_OFF), agenda::take_off;
    MoveUp { matter: Number, } = Some(&agenda::MOVE_UP), agenda::move_up;
    Note(note: note::MeetingNote) = Some(&note::FORM), note::note;
    Change(plan: Plan) = Some(&calling::CHANGE), calling::change;
    /// Whoever had the chair has left, or is away: the minutes are another's to approve.
    NameChair(chair: Chair) = Some(&session::NAME_CHAIR), session::name_chair;
    Cancel { reason: Reason, } = Some(&session::CANCEL), session::cancel;
    /// `revision` is what the writer had read.
    WriteMinutes { text: MinutesText, revision: u32, } = Some(&minutes::WRITE), minutes::write;
    /// `next` is the number that first minutes get.
    ApproveMinutes { revision: u32, next: MinutesNumber, }
        = Some(&minutes::APPROVE), minutes::approve;
    AmendMinutes { reason: Reason, } = Some(&minutes::AMEND), minutes::amend;
    /// The day before, by the sweep.
    Remind = None, invitation::remind;
}

codes!(MeetingStepName);

list_events! {
    /// What can happen to a meeting.
    MeetingWhat of Meeting, called "meeting";
    Called: calling::CALLED,
    Changed: calling::CHANGED,
    Invited: invitation::INVITED,
    Answered: invitation::ANSWERED,
    Reminded: invitation::REMINDED,
    PutOn: agenda::ON,
    TakenOff: agenda::OFF,
    MovedUp: agenda::UP,
    Opened: session::OPENED,
    Attended: attendance::ATTENDED,
    Decided: deliberation::DECIDED,
    Deferred: deliberation::DEFERRED,
    Assigned: assignment::ASSIGNED,
    Noted: note::NOTED,
    Ended: session::ENDED,
    ChairNamed: session::CHAIR_NAMED,
    Cancelled: session::CANCELLED,
    MinutesWritten: minutes::WRITTEN,
    MinutesApproved: minutes::APPROVED,
    MinutesAmended: minutes::AMENDED,
}
