//! The only door for the steps of an order.

use super::event::{Event, What};
use super::history::Order;
pub use super::lists::{Step, StepName};
use super::wish::Late;
use super::{approval, pause, permission};
use crate::actor::{Actor, BodyCode};
use crate::attachment::{Attachment, MOST};
use crate::case::When;
use crate::clock::{Clock, ClockName};
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::rulebook::{Rulebook, Rules};
use crate::time::{Due, Instant, Limit};

/// A step as somebody takes it, or would.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    pub(super) order: &'a Order,
    pub(super) actor: &'a Actor,
    pub(super) when: When,
    pub(super) book: &'a Rulebook,
    /// Whether files come along.
    pub(super) brings_files: bool,
}

/// The steps, from one entry each: what it is made of, in the order in which a page offers
/// them; its form, where somebody asks for it; what happens when it is taken.
macro_rules! list_steps {
    ($(
        $(#[$doc:meta])*
        $name:ident
        $({ $($(#[$said:meta])* $field:ident: $ty:ty,)* })?
        $(($it:ident: $payload:ty))?
        = $form:expr, $take:path;
    )*) => {
        /// What somebody wants to do with an order, already parsed.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Step {
            $($(#[$doc])* $name $({ $($(#[$said])* $field: $ty,)* })? $(($payload))?,)*
        }

        /// A step without what belongs to it; in the order in which a page offers them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum StepName {
            Place,
            $($name,)*
        }

        impl Step {
            pub fn name(&self) -> StepName {
                match self {
                    $(Self::$name { .. } => StepName::$name,)*
                }
            }

            pub(super) fn take(self, at: &Attempt<'_>) -> Result<Vec<What>, Refusal> {
                match self {
                    $(Self::$name $({ $($field,)* })? $(($it))? => {
                        $take(at $($(, $field)*)? $(, $it)?)
                    })*
                }
            }
        }

        impl StepName {
            /// `None`: placed on a page of its own, or taken along with another step.
            pub fn form(self) -> Option<&'static Form> {
                match self {
                    Self::Place => None,
                    $(Self::$name => $form,)*
                }
            }
        }
    };
}

pub(super) use list_steps;

/// The only door: what happens to `order` if `actor` takes `step` at `when`.
///
/// Elapsing answers an empty list where nothing is due; every other step answers
/// at least one event, or the reason why not.
pub fn decide(
    order: &Order,
    actor: &Actor,
    when: When,
    step: Step,
    book: &Rulebook,
) -> Result<Vec<Event>, Refusal> {
    decide_with(order, actor, when, step, Vec::new(), book)
}

/// As [`decide`], with files that hang on what is said.
pub fn decide_with(
    order: &Order,
    actor: &Actor,
    when: When,
    step: Step,
    attachments: Vec<Attachment>,
    book: &Rulebook,
) -> Result<Vec<Event>, Refusal> {
    let name = step.name();
    let when = match &step {
        // A pause ends when it was over, whenever that is looked at.
        Step::Elapse => When {
            happened: pause::over(order, when.happened).unwrap_or(when.happened),
            ..when
        },
        _ => when.checked(order, actor, name, book)?,
    };
    permission::check(order, actor, when.happened, name, book)?;
    if name.is_late() == Late::WhileInTime {
        permission::check(order, actor, when.entered, name, book)?;
    }
    let has_files = !attachments.is_empty();
    let attachments = match &step {
        // What goes out is what was written.
        Step::DecideReply { .. } => approval::attachments(order),
        // News of a main order bring their files along.
        Step::Follow(news) => news.attachments().to_vec(),
        _ => attachments,
    };
    let happened = step.take(&Attempt {
        order,
        actor,
        when,
        book,
        brings_files: has_files,
    })?;
    if has_files && !name.takes_attachments() {
        let (field, fault) = (Field::Attachments, Fault::NotOfThisKind);
        return Err(FieldFault { field, fault }.into());
    }
    let mut events = record(order.version, actor, when, happened, book);
    hang(&mut events, name, attachments)?;
    Ok(events)
}

/// Hangs files on the event that says something.
pub(super) fn hang(
    events: &mut [Event],
    step: StepName,
    attachments: Vec<Attachment>,
) -> Result<(), Refusal> {
    if attachments.is_empty() {
        return Ok(());
    }
    let fault = |fault| {
        Refusal::from(FieldFault {
            field: Field::Attachments,
            fault,
        })
    };
    if attachments.len() > MOST {
        return Err(fault(Fault::TooMany { max: MOST }));
    }
    let mut says = events
        .iter_mut()
        .filter(|event| event.what.takes_attachments());
    match says.next() {
        Some(event) => event.attachments = attachments,
        // A reply that was not let out, or news without one.
        None if matches!(step, StepName::DecideReply | StepName::Follow) => {}
        None => return Err(fault(Fault::NotOfThisKind)),
    }
    Ok(())
}

/// The events for what happened, numbered on from `version`.
pub(super) fn record(
    version: u32,
    actor: &Actor,
    when: When,
    happened: Vec<What>,
    book: &Rulebook,
) -> Vec<Event> {
    (version..)
        .zip(happened)
        .map(|(version, what)| Event::after(version, actor, when, what, book))
        .collect()
}

impl<'a> Attempt<'a> {
    /// As whoever looks at the order would take it, at `now`.
    pub(super) fn looked_at(
        order: &'a Order,
        actor: &'a Actor,
        now: Instant,
        book: &'a Rulebook,
    ) -> Self {
        Self {
            order,
            actor,
            when: When::now(now),
            book,
            brings_files: false,
        }
    }

    /// When it happens: what counts for whoever takes it. What it begins for others begins
    /// when it is entered.
    pub(super) fn now(&self) -> Instant {
        self.when.happened
    }

    pub(super) fn rules(&self) -> &Rules {
        self.book.rules_at(self.now())
    }

    /// When a clock that begins with it ends.
    pub(super) fn starts(&self, clock: ClockName, limit: Limit) -> Due {
        Clock::start(clock, self.now(), limit, self.rules()).due(&self.book.calendar)
    }

    /// A moment with whether its year has a calendar.
    pub(super) fn settled(&self, at: Instant) -> Due {
        Due {
            at,
            provisional: !self.book.calendar.is_settled_at(at),
        }
    }

    /// Whether there is what `step` decides about.
    pub(super) fn needs(&self, is_there: bool, step: StepName) -> Result<(), Refusal> {
        is_there
            .then_some(())
            .ok_or(Refusal::NothingToDecide { step })
    }

    /// What comes to a body comes to one that is still there: what the step was read by may
    /// have gone meanwhile.
    pub(super) fn stands(&self, field: Field, body: &BodyCode) -> Result<(), FieldFault> {
        match self.book.directory.has_gone(body) {
            true => Err(FieldFault {
                field,
                fault: Fault::Unknown,
            }),
            false => Ok(()),
        }
    }
}

impl StepName {
    /// Whether files can be handed in with it.
    pub fn takes_attachments(self) -> bool {
        self == Self::Place || self.form().is_some_and(|form| form.files)
    }

    /// Steps that no form offers: the program takes them along with others.
    pub fn is_taken_along(self) -> bool {
        self != Self::Place && self.form().is_none()
    }
}
