//! The tables of a meeting: whose a step is, and in which state it can be taken.

use super::event::{MeetingEvent, MeetingWhat};
use super::history::{Meeting, MeetingState};
use super::step::{MeetingStep, MeetingStepName};
use crate::actor::Actor;
use crate::case::{By, Door, History};
use crate::refusal::Refusal;
use crate::rights::{Action, Relation};
use crate::rulebook::Rulebook;
use crate::time::Instant;

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
            | Self::Assign
            | Self::Note
            | Self::End
            | Self::NameChair
            | Self::Cancel
            | Self::WriteMinutes
            | Self::AmendMinutes => Action::CallMeetings,
        }
    }
}

impl Door for Meeting {
    type Step = MeetingStep;

    fn action(step: MeetingStepName) -> Action {
        step.action()
    }

    fn holds(&self, relation: Relation, _: &Actor) -> bool {
        match relation {
            // The query has found it for whoever is invited; for whom a step is, of the chair
            // and of guests, that asks by itself.
            Relation::Any | Relation::Invited => true,
            // Of orders and tasks.
            Relation::Own
            | Relation::Manages
            | Relation::Lead
            | Relation::CoHandles
            | Relation::Carded
            | Relation::Tasked
            | Relation::Gave
            | Relation::Located
            | Relation::InCharge => false,
        }
    }

    fn stage(&self) -> MeetingState {
        self.state
    }

    fn stages(step: MeetingStepName) -> &'static [MeetingState] {
        use MeetingState::*;
        match step {
            MeetingStepName::Change | MeetingStepName::Cancel => &[Planned, Invited],
            MeetingStepName::Invite => &[Planned],
            MeetingStepName::Answer | MeetingStepName::Remind => &[Invited],
            MeetingStepName::PutOn | MeetingStepName::TakeOff | MeetingStepName::MoveUp => {
                &[Planned, Invited, Open]
            }
            MeetingStepName::Open => &[Planned, Invited],
            MeetingStepName::Decide
            | MeetingStepName::Conclude
            | MeetingStepName::Defer
            | MeetingStepName::Assign => &[Open],
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

    fn not_at(step: MeetingStepName, state: MeetingState) -> Refusal {
        Refusal::MeetingState { step, state }
    }

    fn follows(&self, step: MeetingStepName) -> Instant {
        match step {
            // What is noted comes after the opening, whatever else was written down since.
            MeetingStepName::Note => self
                .opened_at
                .unwrap_or(self.called_at.min(self.plan.starts_at)),
            MeetingStepName::Answer
            | MeetingStepName::Invite
            | MeetingStepName::Open
            | MeetingStepName::Decide
            | MeetingStepName::Conclude
            | MeetingStepName::Assign
            | MeetingStepName::Defer
            | MeetingStepName::Attend
            | MeetingStepName::End
            | MeetingStepName::PutOn
            | MeetingStepName::TakeOff
            | MeetingStepName::MoveUp
            | MeetingStepName::Change
            | MeetingStepName::NameChair
            | MeetingStepName::Cancel
            | MeetingStepName::WriteMinutes
            | MeetingStepName::ApproveMinutes
            | MeetingStepName::AmendMinutes
            | MeetingStepName::Remind => self.position().last_step_at,
        }
    }

    fn before(&self, _: MeetingStepName, _: Instant, _: &Rulebook) -> Vec<MeetingEvent> {
        Vec::new()
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
