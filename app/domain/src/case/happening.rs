//! What an event has to say of itself, and who sees it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::told::Address;
use super::{Case, Event};
use crate::actor::{Actor, RoleName};
use crate::clock::{Clock, ClockName};
use crate::rulebook::Rulebook;
use crate::time::rfc3339;

/// What can happen to the cases of one kind. `list_events` writes it.
pub trait Happens: Serialize + DeserializeOwned + PartialEq + Send + Sync + 'static {
    /// What the kind is called in the journal.
    const KIND: &'static str;

    /// As it is called in JSON.
    fn code(&self) -> &'static str;
    fn sight(&self) -> Sight;
    /// Whether files can hang on it.
    fn takes_attachments(&self) -> bool;
    /// Whether it is only said, and nothing of the case has moved.
    fn is_talk(&self) -> bool;

    /// Whether no enterprise sees it, whoever did it.
    fn is_internal(&self) -> bool {
        match self.sight() {
            Sight::Offices | Sight::OwnBody | Sight::OwnRole => true,
            Sight::Everybody | Sight::OwnSide => false,
        }
    }
}

/// What an event says of itself.
pub(crate) struct Happening<E: 'static, C: Case> {
    pub sight: fn(&E) -> Sight,
    /// Whether files can hang on it.
    pub files: bool,
    /// Whether it is only said, and nothing of the case moves.
    pub is_talk: bool,
    /// Where the case stands after it, of where it stood; `None` where it cannot follow.
    pub stage: Follows<E, C>,
    /// What else of the case changes, once it stands there.
    pub apply: fn(&E, &mut C, &Event<C::What>),
    /// Who is told, of the case as it stands afterwards.
    pub told: fn(&E, &C) -> Vec<Address>,
    /// What belongs to it, as programs read it.
    pub json: fn(&E, &Telling<'_, C>) -> Value,
}

type Follows<E, C> =
    fn(&E, <C as Case>::Stage, &C, &Event<<C as Case>::What>) -> Option<<C as Case>::Stage>;

/// Who sees an event, of those who see its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    Everybody,
    /// The administration's own.
    Offices,
    /// The body of whoever did it.
    OwnBody,
    /// Whoever acts as what whoever did it acted as.
    OwnRole,
    /// The offices; an enterprise where enterprises did it.
    OwnSide,
}

impl Sight {
    /// Of what befalls a clock.
    pub fn of_clock(clock: ClockName) -> Self {
        if clock.is_internal() {
            Self::Offices
        } else {
            Self::Everybody
        }
    }
}

/// To whom an event is told, and of which case.
pub struct Telling<'a, C: Case> {
    pub case: &'a C::Shown,
    pub reader: &'a Actor,
    pub book: &'a Rulebook,
}

impl<C: Case> Telling<'_, C> {
    pub(crate) fn is_outside(&self) -> bool {
        self.reader.role.enterprise().is_some()
    }

    pub(crate) fn due(&self, clock: &Clock) -> String {
        rfc3339(clock.due(&self.book.calendar).at)
    }
}

impl<W: Happens> Event<W> {
    /// Whether `reader`, who sees the case, sees this of it: page, HTTP API, notices and
    /// attachments go by this.
    pub fn is_seen_by(&self, reader: &Actor) -> bool {
        let is_inside = reader.role.enterprise().is_none();
        match self.what.sight() {
            Sight::Everybody => true,
            Sight::Offices => is_inside,
            Sight::OwnBody => self.by.body.is_some() && reader.role.body() == self.by.body.as_ref(),
            Sight::OwnRole => reader.role.name() == self.by.role,
            Sight::OwnSide => is_inside || self.by.role == RoleName::Enterprise,
        }
    }
}

/// The events of a kind, from one line each: its name, and what it says of itself.
macro_rules! list_events {
    (
        $(#[$of:meta])* $What:ident of $Case:ident, called $kind:literal;
        $($name:ident: $file:ident::$says:ident,)*
    ) => {
        $(#[$of])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[derive(strum::IntoStaticStr, strum::VariantNames)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $What {
            $($name($file::$name),)*
        }

        /// Each event by its name.
        pub mod events {
            $(pub use super::$file::$name;)*
        }

        $(impl From<$file::$name> for $What {
            fn from(it: $file::$name) -> Self {
                Self::$name(it)
            }
        })*

        impl $crate::case::Happens for $What {
            const KIND: &'static str = $kind;

            fn code(&self) -> &'static str {
                self.into()
            }

            fn sight(&self) -> $crate::case::Sight {
                match self {
                    $(Self::$name(it) => ($file::$says.sight)(it),)*
                }
            }

            fn takes_attachments(&self) -> bool {
                match self {
                    $(Self::$name(_) => $file::$says.files,)*
                }
            }

            fn is_talk(&self) -> bool {
                match self {
                    $(Self::$name(_) => $file::$says.is_talk,)*
                }
            }
        }

        impl $What {
            /// The codes of all, as they stand in JSON.
            pub const CODES: &[&str] = <Self as strum::VariantNames>::VARIANTS;

            /// Who is told that it happened to `case`, as it stands afterwards.
            pub fn told(&self, case: &$Case) -> Vec<$crate::case::told::Address> {
                match self {
                    $(Self::$name(it) => ($file::$says.told)(it, case),)*
                }
            }

            /// What belongs to it, as programs read it: an object.
            pub fn json(&self, telling: &$crate::case::Telling<'_, $Case>) -> serde_json::Value {
                match self {
                    $(Self::$name(it) => ($file::$says.json)(it, telling),)*
                }
            }

            pub(super) fn stage(
                &self,
                stage: <$Case as $crate::case::Case>::Stage,
                case: &$Case,
                event: &$crate::case::Event<Self>,
            ) -> Option<<$Case as $crate::case::Case>::Stage> {
                match self {
                    $(Self::$name(it) => ($file::$says.stage)(it, stage, case, event),)*
                }
            }

            pub(super) fn apply(&self, case: &mut $Case, event: &$crate::case::Event<Self>) {
                match self {
                    $(Self::$name(it) => ($file::$says.apply)(it, case, event),)*
                }
            }
        }
    };
}

pub(crate) use list_events;

/// It leaves the case where it stands, wherever that is.
pub(crate) fn stays<E, C: Case>(
    _: &E,
    stage: C::Stage,
    _: &C,
    _: &Event<C::What>,
) -> Option<C::Stage> {
    Some(stage)
}

/// Nothing else of the case changes.
pub(crate) fn nothing<E, C: Case>(_: &E, _: &mut C, _: &Event<C::What>) {}
