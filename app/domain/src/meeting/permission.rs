//! The tables of a meeting: whose a step is, and in which state it can be taken.

use super::event::{MeetingEvent, MeetingWhat};
use super::history::{Meeting, MeetingState};
use super::step::{Attempt, MeetingStepName};
use crate::actor::Actor;
use crate::case::By;
use crate::refusal::Refusal;
use crate::rights::Action;
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// Whether `actor` may take a step on a meeting as it stands, and if not, why. Whether they
/// may know of the meeting at all is decided before, by the query.
pub fn check(
    meeting: &Meeting,
    actor: &Actor,
    now: Instant,
    step: MeetingStepName,
    book: &Rulebook,
) -> Result<(), Refusal> {
    actor.may(step.action())?;
    let state = meeting.state;
    if !states(step).contains(&state) {
        return Err(Refusal::MeetingState { step, state });
    }
    let attempt = Attempt::looked_at(meeting, actor, now, book);
    step.form().map_or(Ok(()), |form| (form.can)(&attempt))
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
        .filter(|step| step.form().is_some())
        .filter(|step| check(meeting, actor, now, *step, book).is_ok())
        .collect()
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
            | Self::Conclude
            | Self::Defer
            | Self::Note
            | Self::End
            | Self::NameChair
            | Self::Cancel
            | Self::WriteMinutes
            | Self::AmendMinutes => Action::CallMeetings,
        }
    }
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
        MeetingStepName::Decide | MeetingStepName::Conclude | MeetingStepName::Defer => &[Open],
        // Mended until the minutes are signed, and by an amendment.
        MeetingStepName::Attend => &[Open, Ended],
        MeetingStepName::Note => &[Planned, Invited, Open, Ended],
        MeetingStepName::End => &[Open],
        MeetingStepName::NameChair => &[Open, Ended],
        MeetingStepName::WriteMinutes
        | MeetingStepName::ApproveMinutes
        | MeetingStepName::AmendMinutes => &[Ended],
    }
}

impl Meeting {
    /// Who prepares meetings, and the chair, know all of it.
    pub fn is_prepared_by(&self, reader: &Actor) -> bool {
        let prepares = reader.may(Action::CallMeetings).is_ok();
        prepares || reader.user == Some(self.plan.chair.user)
    }

    /// What `reader` sees of the history: whoever is invited, from the invitation on, or from
    /// the opening where none had gone out; and the papers that were prepared for them.
    pub fn seen<'e>(
        &self,
        events: &'e [MeetingEvent],
        reader: &'e Actor,
    ) -> impl Iterator<Item = &'e MeetingEvent> + use<'e> {
        let is_all = self.is_prepared_by(reader);
        let tells = |event: &MeetingEvent| {
            matches!(event.what, MeetingWhat::Invited(_) | MeetingWhat::Opened(_))
        };
        let first = events.iter().find(|event| tells(event));
        let first = first.map_or(u32::MAX, |event| event.seq);
        let events = events.iter();
        events.filter(move |event| {
            let is_theirs = event.seq >= first || matches!(event.what, MeetingWhat::Noted(_));
            is_all || (is_theirs && event.is_seen_by(reader))
        })
    }

    /// Whose names of an enterprise's people are read in full.
    pub fn name_for(&self, by: &By, reader: &Actor) -> Option<String> {
        by.name_for(reader, self.is_prepared_by(reader))
    }
}
