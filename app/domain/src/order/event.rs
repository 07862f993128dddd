//! What an event of an order has to say of itself, and who sees it.

use serde_json::Value;
use strum::VariantNames;

use super::history::Order;
pub use super::lists::{What, events};
use super::overview::Overview;
use super::stage::Stage;
use super::told::Address;
use crate::actor::{Actor, RoleName};
use crate::case;
use crate::clock::{Clock, ClockName};
use crate::rulebook::Rulebook;
use crate::time::rfc3339;

/// Something that happened to an order.
pub type Event = case::Event<What>;

/// What an event says of itself.
pub(super) struct Happening<E: 'static> {
    pub sight: fn(&E) -> Sight,
    /// Whether files can hang on it.
    pub files: bool,
    /// Whether it is only said, and nothing of the order moves.
    pub is_talk: bool,
    /// Where the order stands after it, of where it stood; `None` where it cannot follow.
    pub stage: fn(&E, Stage, &Order, &Event) -> Option<Stage>,
    /// What else of the order changes, once it stands there.
    pub apply: fn(&E, &mut Order, &Event),
    /// Who is told, of the order as it stands afterwards.
    pub told: fn(&E, &Order) -> Vec<Address>,
    /// What belongs to it, as programs read it.
    pub json: fn(&E, &Telling<'_>) -> Value,
}

/// Who sees an event, of those who see its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    Everybody,
    /// The administration's own.
    Offices,
    /// The body of whoever did it.
    OwnBody,
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

/// To whom an event is told, and of which order.
pub struct Telling<'a> {
    pub order: &'a Overview,
    pub reader: &'a Actor,
    pub book: &'a Rulebook,
}

impl Telling<'_> {
    pub(super) fn is_outside(&self) -> bool {
        self.reader.role.enterprise().is_some()
    }

    pub(super) fn due(&self, clock: &Clock) -> String {
        rfc3339(clock.due(&self.book.calendar).at)
    }
}

/// The events, from one line each: its name, and what it says of itself.
macro_rules! list_events {
    ($($name:ident: $file:ident::$says:ident,)*) => {
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[derive(IntoStaticStr, VariantNames)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum What {
            $($name($file::$name),)*
        }

        /// Each event by its name.
        pub mod events {
            $(pub use super::$file::$name;)*
        }

        impl What {
            pub(super) fn sight(&self) -> Sight {
                match self {
                    $(Self::$name(it) => ($file::$says.sight)(it),)*
                }
            }

            /// Whether files can hang on it.
            pub fn takes_attachments(&self) -> bool {
                match self {
                    $(Self::$name(_) => $file::$says.files,)*
                }
            }

            /// Whether it is only said, and nothing of the order has moved.
            pub fn is_talk(&self) -> bool {
                match self {
                    $(Self::$name(_) => $file::$says.is_talk,)*
                }
            }

            /// Who is told that it happened to `order`, as it stands afterwards.
            pub fn told(&self, order: &Order) -> Vec<Address> {
                match self {
                    $(Self::$name(it) => ($file::$says.told)(it, order),)*
                }
            }

            /// What belongs to it, as programs read it: an object.
            pub fn json(&self, telling: &Telling<'_>) -> Value {
                match self {
                    $(Self::$name(it) => ($file::$says.json)(it, telling),)*
                }
            }

            pub(super) fn stage(&self, order: &Order, event: &Event) -> Option<Stage> {
                let stage = order.stage.clone();
                match self {
                    $(Self::$name(it) => ($file::$says.stage)(it, stage, order, event),)*
                }
            }

            pub(super) fn apply(&self, order: &mut Order, event: &Event) {
                match self {
                    $(Self::$name(it) => ($file::$says.apply)(it, order, event),)*
                }
            }
        }
    };
}

pub(super) use list_events;

impl case::Happens for What {
    const KIND: &'static str = "order";
}

impl What {
    /// The codes of all, as they stand in JSON.
    pub const CODES: &[&str] = Self::VARIANTS;

    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// Whether no enterprise sees it, whoever did it.
    pub fn is_internal(&self) -> bool {
        match self.sight() {
            Sight::Offices | Sight::OwnBody => true,
            Sight::Everybody | Sight::OwnSide => false,
        }
    }
}

impl Event {
    /// Whether `reader`, who sees the order, sees this of it: page, HTTP API, notices and
    /// attachments go by this.
    pub fn is_seen_by(&self, reader: &Actor) -> bool {
        let is_inside = reader.role.enterprise().is_none();
        match self.what.sight() {
            Sight::Everybody => true,
            Sight::Offices => is_inside,
            Sight::OwnBody => self.by.body.is_some() && reader.role.body() == self.by.body.as_ref(),
            Sight::OwnSide => is_inside || self.by.role == RoleName::Enterprise,
        }
    }
}

/// It leaves the order where it stands, wherever that is.
pub(super) fn stays<E>(_: &E, stage: Stage, _: &Order, _: &Event) -> Option<Stage> {
    Some(stage)
}

/// It leaves the order where it stands, as long as something can happen to it.
pub(super) fn while_open<E>(_: &E, stage: Stage, _: &Order, _: &Event) -> Option<Stage> {
    (!stage.name().is_final()).then_some(stage)
}

/// Nothing else of the order changes.
pub(super) fn nothing<E>(_: &E, _: &mut Order, _: &Event) {}
