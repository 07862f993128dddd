//! Steps that people take on a case: what a form of one says, and what the door of each kind
//! is made of (rights → stage → can → take → record → attach).

use super::{Case, Event, Happens, When};
use crate::actor::{Actor, BodyCode, UserId};
use crate::attachment::{Attachment, MOST};
use crate::clock::{Clock, ClockName};
use crate::form::{Takes, Typed};
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::rulebook::{Rulebook, Rules};
use crate::time::{Due, Instant, Limit};

/// A step as somebody takes it, or would.
#[derive(Debug)]
pub struct Attempt<'a, C> {
    pub(crate) case: &'a C,
    pub(crate) actor: &'a Actor,
    pub(crate) when: When,
    pub(crate) book: &'a Rulebook,
    /// Whether files come along.
    pub(crate) brings_files: bool,
}

impl<C> Clone for Attempt<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Attempt<'_, C> {}

/// What is needed to read a form beside itself.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub now: Instant,
    pub book: &'a Rulebook,
    /// Everybody of the reader's body, as they are called: whom a note can name.
    pub colleagues: &'a [(UserId, String)],
}

/// What a step that somebody asks for says of itself, beside what happens when it is taken.
pub struct Form<C: Case> {
    /// Whether files can go along.
    pub files: bool,
    pub late: Late,
    /// Whether it is only said, or links: whatever else has happened meanwhile does not
    /// matter to it.
    pub is_said: bool,
    pub fields: &'static [Takes],
    /// Why it cannot be taken now, though it is the actor's and of this stage.
    pub can: fn(&Attempt<'_, C>) -> Result<(), Refusal>,
    /// The deadline that taking it sets, for somebody.
    pub due: fn(&Attempt<'_, C>) -> Option<Due>,
    pub read: fn(&Typed, &Reading<'_>) -> Result<C::Wish, Refusal>,
}

/// Whether a step can be entered after it happened (补录).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// What decides about somebody else's time, or answers a card, happens here and now.
    Never,
    Allowed,
    /// What moves a deadline is not entered once that has passed, however it is dated.
    WhileInTime,
}

impl Late {
    pub fn is_possible(self) -> bool {
        match self {
            Self::Allowed | Self::WhileInTime => true,
            Self::Never => false,
        }
    }
}

/// The steps of a kind, from one entry each: what it is made of, in the order in which a page
/// offers them; its form, where somebody asks for it; what happens when it is taken. `begins`
/// names what begins a case, and has a page of its own.
macro_rules! list_steps {
    (
        $(#[$of:meta])* $Step:ident, $StepName:ident of $Case:ident $(, $First:ident begins)?;
        $(
            $(#[$doc:meta])*
            $name:ident
            $({ $($(#[$said:meta])* $field:ident: $ty:ty,)* })?
            $(($it:ident: $payload:ty))?
            = $form:expr, $take:path;
        )*
    ) => {
        $(#[$of])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $Step {
            $($(#[$doc])* $name $({ $($(#[$said])* $field: $ty,)* })? $(($payload))?,)*
        }

        /// A step without what belongs to it; in the order in which a page offers them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[derive(strum::EnumCount, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $StepName {
            $($First,)?
            $($name,)*
        }

        impl $Step {
            pub fn name(&self) -> $StepName {
                match self {
                    $(Self::$name { .. } => $StepName::$name,)*
                }
            }

            pub(super) fn take(
                self,
                at: &$crate::case::Attempt<'_, $Case>,
            ) -> Result<Vec<<$Case as $crate::case::Case>::What>, $crate::refusal::Refusal> {
                match self {
                    $(Self::$name $({ $($field,)* })? $(($it))? => {
                        $take(at $($(, $field)*)? $(, $it)?)
                    })*
                }
            }
        }

        impl $crate::case::door::Step for $Step {
            type Of = $Case;
            type Name = $StepName;

            fn name(&self) -> $StepName {
                Self::name(self)
            }

            fn take(
                self,
                at: &$crate::case::Attempt<'_, $Case>,
            ) -> Result<Vec<<$Case as $crate::case::Case>::What>, $crate::refusal::Refusal> {
                Self::take(self, at)
            }
        }

        impl $crate::case::door::StepName for $StepName {
            type Of = $Case;
            const ALL: &[Self] = <Self as strum::VariantArray>::VARIANTS;

            fn code(self) -> &'static str {
                self.into()
            }

            fn form(self) -> Option<&'static $crate::case::Form<$Case>> {
                Self::form(self)
            }
        }

        impl $StepName {
            /// `None`: it has a page of its own, or is taken along with another step.
            pub fn form(self) -> Option<&'static $crate::case::Form<$Case>> {
                match self {
                    $(Self::$First => None,)?
                    $(Self::$name => $form,)*
                }
            }
        }
    };
}

pub(crate) use list_steps;

impl<'a, C> Attempt<'a, C> {
    /// As whoever looks at the case would take it, at `now`.
    pub(crate) fn looked_at(
        case: &'a C,
        actor: &'a Actor,
        now: Instant,
        book: &'a Rulebook,
    ) -> Self {
        Self {
            case,
            actor,
            when: When::now(now),
            book,
            brings_files: false,
        }
    }

    /// When it happens: what counts for whoever takes it. What it begins for others begins
    /// when it is entered.
    pub(crate) fn now(&self) -> Instant {
        self.when.happened
    }

    pub(crate) fn rules(&self) -> &Rules {
        self.book.rules_at(self.now())
    }

    /// When a clock that begins with it ends.
    pub(crate) fn starts(&self, clock: ClockName, limit: Limit) -> Due {
        Clock::start(clock, self.now(), limit, self.rules()).due(&self.book.calendar)
    }

    /// A moment with whether its year has a calendar.
    pub(crate) fn settled(&self, at: Instant) -> Due {
        Due {
            at,
            provisional: !self.book.calendar.is_settled_at(at),
        }
    }

    /// What comes to a body comes to one that is still there: what the step was read by may
    /// have gone meanwhile.
    pub(crate) fn stands(&self, field: Field, body: &BodyCode) -> Result<(), FieldFault> {
        match self.book.directory.has_gone(body) {
            true => Err(FieldFault {
                field,
                fault: Fault::Unknown,
            }),
            false => Ok(()),
        }
    }
}

/// The events for what happened, numbered on from `version`.
pub(crate) fn record<W>(
    version: u32,
    actor: &Actor,
    when: When,
    happened: Vec<W>,
    book: &Rulebook,
) -> Vec<Event<W>> {
    (version..)
        .zip(happened)
        .map(|(version, what)| Event::after(version, actor, when, what, book))
        .collect()
}

/// Hangs files on the event that says something. Where `can_be_silent`, there may be none.
pub(crate) fn hang<W: Happens>(
    events: &mut [Event<W>],
    attachments: Vec<Attachment>,
    can_be_silent: bool,
) -> Result<(), Refusal> {
    if attachments.is_empty() {
        return Ok(());
    }
    let fault = |fault| {
        let field = Field::Attachments;
        Refusal::from(FieldFault { field, fault })
    };
    if attachments.len() > MOST {
        return Err(fault(Fault::TooMany { max: MOST }));
    }
    let mut says = events
        .iter_mut()
        .filter(|event| event.what.takes_attachments());
    match says.next() {
        Some(event) => event.attachments = attachments,
        None if can_be_silent => {}
        None => return Err(fault(Fault::NotOfThisKind)),
    }
    Ok(())
}

/// Nothing else is asked.
pub(crate) fn always<C>(_: &Attempt<'_, C>) -> Result<(), Refusal> {
    Ok(())
}

/// It sets no deadline.
pub(crate) fn never<C>(_: &Attempt<'_, C>) -> Option<Due> {
    None
}
