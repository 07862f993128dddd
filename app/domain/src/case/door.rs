//! The one door of a kind: rights → stage → can → take → record → attach.

use super::history::History;
use super::step::{Attempt, Form, Late, hang, record};
use super::{Case, Event, When};
use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::refusal::Refusal;
use crate::rights::{Action, Relation};
use crate::rulebook::Rulebook;
use crate::time::Instant;

/// What somebody wants to do with a case. `list_steps` writes it.
pub trait Step: Sized + Send {
    type Of: Case;
    type Name: StepName<Of = Self::Of>;

    fn name(&self) -> Self::Name;
    fn take(self, at: &Attempt<'_, Self::Of>) -> Result<Vec<<Self::Of as Case>::What>, Refusal>;
}

/// A step without what belongs to it. `list_steps` writes it.
pub trait StepName: Copy + Send + 'static {
    type Of: Case;
    /// In the order in which a page offers them.
    const ALL: &[Self];

    fn code(self) -> &'static str;
    /// `None`: nobody asks for it by itself.
    fn form(self) -> Option<&'static Form<Self::Of>>;
}

/// The steps of a kind, without what belongs to them.
pub type Name<C> = <<C as Door>::Step as Step>::Name;

/// A kind with its tables: whose a step is, and at which stage it can be taken.
pub trait Door: History<Stage: Copy + PartialEq> {
    type Step: Step<Of = Self>;

    /// Whose it is, in the table of rights.
    fn action(step: Name<Self>) -> Action;

    /// Whether somebody who sees the case stands so to it.
    fn holds(&self, relation: Relation, actor: &Actor) -> bool;

    fn stage(&self) -> Self::Stage;

    /// Step × stage.
    fn stages(step: Name<Self>) -> &'static [Self::Stage];

    /// Why not at this stage.
    fn not_at(step: Name<Self>, stage: Self::Stage) -> Refusal;

    /// What a step that is entered late cannot have come before.
    fn follows(&self, step: Name<Self>) -> Instant;

    /// What had come by itself before the step, whether or not a sweep has come by since.
    fn before(
        &self,
        step: Name<Self>,
        now: Instant,
        book: &Rulebook,
    ) -> Vec<Event<<Self as Case>::What>>;

    /// Whether `actor` may take a step on the case as it stands, and if not, why. Whether they
    /// may know of it at all is decided before, by the query.
    fn check(
        &self,
        actor: &Actor,
        now: Instant,
        step: Name<Self>,
        book: &Rulebook,
    ) -> Result<(), Refusal> {
        let action = Self::action(step);
        let mut relations = actor.relations_for(action);
        if !relations.any(|relation| self.holds(relation, actor)) {
            return Err(Refusal::Forbidden { action });
        }
        let stage = self.stage();
        if !Self::stages(step).contains(&stage) {
            return Err(Self::not_at(step, stage));
        }
        let attempt = Attempt::looked_at(self, actor, now, book);
        step.form().map_or(Ok(()), |form| (form.can)(&attempt))
    }

    /// The steps that `actor` can take now.
    fn offers(&self, actor: &Actor, now: Instant, book: &Rulebook) -> Vec<Name<Self>> {
        let steps = Name::<Self>::ALL.iter().copied();
        steps
            .filter(|step| step.form().is_some())
            .filter(|step| self.check(actor, now, *step, book).is_ok())
            .collect()
    }

    /// What happens if `actor` takes `step` at `when`, with files that hang on what is said.
    fn decide(
        &self,
        actor: &Actor,
        when: When,
        step: Self::Step,
        attachments: Vec<Attachment>,
        book: &Rulebook,
    ) -> Result<Vec<Event<<Self as Case>::What>>, Refusal> {
        let name = step.name();
        let late = name.form().map_or(Late::Never, |form| form.late);
        let last = self.position().last_step_at;
        let when = when.checked(actor, late, last, self.follows(name), book)?;
        self.check(actor, when.happened, name, book)?;
        let mut events = self.before(name, when.entered, book);
        let version = events.last().map_or(self.version(), |event| event.seq);
        let happened = step.take(&Attempt {
            case: self,
            actor,
            when,
            book,
            brings_files: !attachments.is_empty(),
        })?;
        let mut own = record(version, actor, when, happened, book);
        hang(&mut own, attachments, false)?;
        events.extend(own);
        Ok(events)
    }
}
