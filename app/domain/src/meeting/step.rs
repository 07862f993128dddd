//! The table of transitions of a meeting, and the only door to it.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantArray};

use super::agenda::{Item, Outcome};
use super::event::{MeetingEvent, MeetingWhat};
use super::guest::{Answer, Guest};
use super::history::{Meeting, MeetingState};
use super::minutes::{MinutesNumber, MinutesText};
use super::number::MeetingNumber;
use super::plan::{Chair, Plan};
use crate::actor::Actor;
use crate::case::When;
use crate::codes::coded;
use crate::order::Number;
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::rights::Action;
use crate::rulebook::Rulebook;
use crate::text::Reason;
use crate::time::{Instant, local};

/// What somebody wants to do with a meeting, already parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingStep {
    Change(Plan),
    /// Tells everybody who is on the plan.
    Invite,
    Answer(Answer),
    /// The day before, by the sweep.
    Remind,
    /// `stands`: whether the order is a matter that can be deliberated.
    PutOn {
        matter: Number,
        minutes: u16,
        stands: bool,
    },
    TakeOff {
        matter: Number,
    },
    MoveUp {
        matter: Number,
    },
    Open,
    /// `None` takes back what was noted.
    Attend {
        guest: Guest,
        present: Option<bool>,
    },
    /// `decision` is the event of the order, written in the same transaction; `seen`, how
    /// many decisions about the matter the writer had read.
    Decide {
        matter: Number,
        decision: u32,
        seen: usize,
    },
    Defer {
        matter: Number,
        reason: Reason,
    },
    /// `knowingly`: although it is not recorded of everybody whether they came.
    End {
        knowingly: bool,
    },
    /// Whoever had the chair has left, or is away: the minutes are another's to approve.
    NameChair(Chair),
    Cancel {
        reason: Reason,
    },
    /// `revision` is what the writer had read.
    WriteMinutes {
        text: MinutesText,
        revision: u32,
    },
    /// `next` is the number that first minutes get.
    ApproveMinutes {
        revision: u32,
        next: MinutesNumber,
    },
    AmendMinutes {
        reason: Reason,
    },
}

/// A step without what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum MeetingStepName {
    Change,
    Invite,
    Answer,
    Remind,
    PutOn,
    TakeOff,
    MoveUp,
    Open,
    Attend,
    Decide,
    Defer,
    End,
    NameChair,
    Cancel,
    WriteMinutes,
    ApproveMinutes,
    AmendMinutes,
}

coded!(MeetingStepName);

/// A meeting is called: the first event of its history.
pub fn call(
    number: MeetingNumber,
    actor: &Actor,
    now: Instant,
    plan: Plan,
    book: &Rulebook,
) -> Result<MeetingEvent, Refusal> {
    actor.may(Action::CallMeetings)?;
    let what = MeetingWhat::Called { number, plan };
    Ok(MeetingEvent::after(0, actor, When::now(now), what, book))
}

/// What happens to `meeting` if `actor` takes `step` at `now`. Whether they may know of
/// the meeting at all is decided before, by the query.
pub fn decide(
    meeting: &Meeting,
    actor: &Actor,
    now: Instant,
    step: MeetingStep,
    book: &Rulebook,
) -> Result<Vec<MeetingEvent>, Refusal> {
    check(meeting, actor, now, step.name(), book)?;
    let what = match step {
        MeetingStep::Change(plan) => {
            let old = &meeting.plan;
            let moves = (plan.starts_at, &plan.place) != (old.starts_at, &old.place);
            MeetingWhat::Changed {
                asks_anew: meeting.invited && moves,
                plan,
            }
        }
        MeetingStep::Invite => MeetingWhat::Invited,
        MeetingStep::Remind => MeetingWhat::Reminded,
        MeetingStep::Answer(answer) => match meeting.invitation_of(actor) {
            Some(invitation) => MeetingWhat::Answered {
                guest: invitation.guest.clone(),
                answer,
            },
            None => return Err(not_invited()),
        },
        MeetingStep::PutOn {
            matter,
            minutes,
            stands,
        } => {
            if meeting.item(matter).is_some() {
                return Err(fault(Field::Other, Fault::OnTheAgenda));
            }
            if !stands {
                return Err(fault(Field::Other, Fault::NotAMatter));
            }
            MeetingWhat::PutOn { matter, minutes }
        }
        MeetingStep::TakeOff { matter } => {
            undecided(meeting, matter)?;
            MeetingWhat::TakenOff { matter }
        }
        MeetingStep::MoveUp { matter } => {
            undecided(meeting, matter)?;
            if meeting
                .agenda
                .first()
                .is_some_and(|item| item.matter == matter)
            {
                return Ok(Vec::new());
            }
            MeetingWhat::MovedUp { matter }
        }
        MeetingStep::Open => MeetingWhat::Opened,
        MeetingStep::Attend { guest, present } => {
            if meeting.invitation(&guest).is_none() {
                return Err(fault(Field::Guest, Fault::Unknown));
            }
            MeetingWhat::Attended { guest, present }
        }
        MeetingStep::Decide {
            matter,
            decision,
            seen,
        } => {
            let item = on_the_agenda(meeting, matter)?;
            if item.outcome.decisions().len() != seen {
                return Err(Refusal::MeetingMoved);
            }
            MeetingWhat::Decided { matter, decision }
        }
        MeetingStep::Defer { matter, reason } => {
            undecided(meeting, matter)?;
            MeetingWhat::Deferred { matter, reason }
        }
        MeetingStep::End { knowingly } => {
            let guests = meeting.unrecorded().count();
            if guests > 0 && !knowingly {
                return Err(fault(Field::Guest, Fault::NotRecorded { guests }));
            }
            MeetingWhat::Ended
        }
        MeetingStep::NameChair(chair) => MeetingWhat::ChairNamed { chair },
        MeetingStep::Cancel { reason } => MeetingWhat::Cancelled { reason },
        MeetingStep::WriteMinutes { text, revision } => {
            unmoved(meeting, revision)?;
            MeetingWhat::MinutesWritten { text }
        }
        MeetingStep::ApproveMinutes { revision, next } => {
            unmoved(meeting, revision)?;
            let number = meeting.minutes.number().unwrap_or(next);
            MeetingWhat::MinutesApproved {
                number,
                names_unrecorded: true,
            }
        }
        MeetingStep::AmendMinutes { reason } => MeetingWhat::MinutesAmended { reason },
    };
    let when = When::now(now);
    Ok(vec![MeetingEvent::after(
        meeting.version,
        actor,
        when,
        what,
        book,
    )])
}

/// Whether `actor` may take a step on a meeting as it stands, and if not, why.
pub fn check(
    meeting: &Meeting,
    actor: &Actor,
    now: Instant,
    step: MeetingStepName,
    book: &Rulebook,
) -> Result<(), Refusal> {
    actor.may(step.action())?;
    if !states(step).contains(&meeting.state) {
        return Err(Refusal::MeetingState {
            step,
            state: meeting.state,
        });
    }
    match step {
        MeetingStepName::Answer if meeting.invitation_of(actor).is_none() => Err(not_invited()),
        MeetingStepName::Remind if remind_at(meeting, book).is_none_or(|at| at > now) => {
            Err(Refusal::MeetingState {
                step,
                state: meeting.state,
            })
        }
        // Not before its day.
        MeetingStepName::Open if local(now).date() < local(meeting.plan.starts_at).date() => {
            Err(Refusal::NotYet {
                from: crate::time::instant(
                    local(meeting.plan.starts_at).date(),
                    chrono::NaiveTime::MIN,
                ),
            })
        }
        MeetingStepName::Decide | MeetingStepName::Defer if meeting.minutes.is_frozen() => {
            Err(Refusal::MinutesFrozen)
        }
        MeetingStepName::NameChair if meeting.minutes.is_frozen() => Err(Refusal::MinutesFrozen),
        MeetingStepName::WriteMinutes if meeting.minutes.is_frozen() => Err(Refusal::MinutesFrozen),
        MeetingStepName::ApproveMinutes => can_approve(meeting, actor),
        MeetingStepName::AmendMinutes if !meeting.minutes.is_frozen() => {
            Err(Refusal::NothingApproved)
        }
        // What was signed is mended by an amendment.
        MeetingStepName::Attend if meeting.minutes.is_frozen() => Err(Refusal::MinutesFrozen),
        MeetingStepName::Answer
        | MeetingStepName::Remind
        | MeetingStepName::Open
        | MeetingStepName::Attend
        | MeetingStepName::Decide
        | MeetingStepName::Defer
        | MeetingStepName::NameChair
        | MeetingStepName::WriteMinutes
        | MeetingStepName::AmendMinutes
        | MeetingStepName::Change
        | MeetingStepName::Invite
        | MeetingStepName::PutOn
        | MeetingStepName::TakeOff
        | MeetingStepName::MoveUp
        | MeetingStepName::End
        | MeetingStepName::Cancel => Ok(()),
    }
}

/// The steps that `actor` can take now.
pub fn offers(
    meeting: &Meeting,
    actor: &Actor,
    now: Instant,
    book: &Rulebook,
) -> Vec<MeetingStepName> {
    let steps = MeetingStepName::ALL.into_iter();
    steps
        .filter(|step| check(meeting, actor, now, *step, book).is_ok())
        .collect()
}

/// When everybody is reminded: so many working days before its day, at opening. `None`
/// where they were, or where nobody is invited.
pub fn remind_at(meeting: &Meeting, book: &Rulebook) -> Option<Instant> {
    if meeting.reminded || meeting.state != MeetingState::Invited {
        return None;
    }
    let notice = book.rules_at(meeting.plan.starts_at).meeting_notice;
    let day = local(meeting.plan.starts_at).date();
    let day = book.calendar.nth_before(day, notice.into());
    let midnight = crate::time::instant(day, chrono::NaiveTime::MIN);
    Some(book.calendar.next_open(midnight))
}

/// Step × state.
fn states(step: MeetingStepName) -> &'static [MeetingState] {
    use MeetingState::*;
    match step {
        MeetingStepName::Change | MeetingStepName::Cancel => &[Planned, Invited],
        MeetingStepName::Invite => &[Planned],
        MeetingStepName::Answer | MeetingStepName::Remind => &[Invited],
        MeetingStepName::PutOn | MeetingStepName::TakeOff | MeetingStepName::MoveUp => {
            &[Planned, Invited, Open]
        }
        MeetingStepName::Open => &[Planned, Invited],
        MeetingStepName::Decide | MeetingStepName::Defer => &[Open],
        // Mended until the minutes are signed, and by an amendment.
        MeetingStepName::Attend => &[Open, Ended],
        MeetingStepName::End => &[Open],
        MeetingStepName::NameChair => &[Open, Ended],
        MeetingStepName::WriteMinutes
        | MeetingStepName::ApproveMinutes
        | MeetingStepName::AmendMinutes => &[Ended],
    }
}

/// Who has the chair approves, and nobody else.
fn can_approve(meeting: &Meeting, actor: &Actor) -> Result<(), Refusal> {
    if actor.user != Some(meeting.plan.chair.user) {
        return Err(Refusal::NotTheChair);
    }
    if meeting.minutes.is_frozen() {
        return Err(Refusal::MinutesFrozen);
    }
    match meeting.minutes.draft {
        Some(_) => Ok(()),
        None => Err(Refusal::NothingWritten),
    }
}

fn unmoved(meeting: &Meeting, revision: u32) -> Result<(), Refusal> {
    let current = meeting.minutes.revision;
    if current == revision {
        Ok(())
    } else {
        Err(Refusal::MinutesMoved { current })
    }
}

fn on_the_agenda(meeting: &Meeting, matter: Number) -> Result<&Item, Refusal> {
    let item = meeting.item(matter);
    item.ok_or_else(|| fault(Field::Other, Fault::Unknown))
}

fn undecided(meeting: &Meeting, matter: Number) -> Result<(), Refusal> {
    match on_the_agenda(meeting, matter)?.outcome {
        Outcome::Decided { .. } => Err(Refusal::MatterDecided),
        Outcome::Open | Outcome::Deferred { .. } => Ok(()),
    }
}

fn not_invited() -> Refusal {
    fault(Field::Guest, Fault::Unknown)
}

fn fault(field: Field, fault: Fault) -> Refusal {
    FieldFault { field, fault }.into()
}

impl MeetingStep {
    pub fn name(&self) -> MeetingStepName {
        match self {
            Self::Change(_) => MeetingStepName::Change,
            Self::Invite => MeetingStepName::Invite,
            Self::Answer(_) => MeetingStepName::Answer,
            Self::Remind => MeetingStepName::Remind,
            Self::PutOn { .. } => MeetingStepName::PutOn,
            Self::TakeOff { .. } => MeetingStepName::TakeOff,
            Self::MoveUp { .. } => MeetingStepName::MoveUp,
            Self::Open => MeetingStepName::Open,
            Self::Attend { .. } => MeetingStepName::Attend,
            Self::Decide { .. } => MeetingStepName::Decide,
            Self::Defer { .. } => MeetingStepName::Defer,
            Self::End { .. } => MeetingStepName::End,
            Self::NameChair(_) => MeetingStepName::NameChair,
            Self::Cancel { .. } => MeetingStepName::Cancel,
            Self::WriteMinutes { .. } => MeetingStepName::WriteMinutes,
            Self::ApproveMinutes { .. } => MeetingStepName::ApproveMinutes,
            Self::AmendMinutes { .. } => MeetingStepName::AmendMinutes,
        }
    }
}

impl MeetingStepName {
    /// Whose it is, in the table of rights.
    pub fn action(self) -> Action {
        match self {
            Self::Answer => Action::AnswerInvitation,
            Self::Remind => Action::RemindOfMeetings,
            Self::ApproveMinutes => Action::ApproveMinutes,
            Self::Change
            | Self::Invite
            | Self::PutOn
            | Self::TakeOff
            | Self::MoveUp
            | Self::Open
            | Self::Attend
            | Self::Decide
            | Self::Defer
            | Self::End
            | Self::NameChair
            | Self::Cancel
            | Self::WriteMinutes
            | Self::AmendMinutes => Action::CallMeetings,
        }
    }
}
