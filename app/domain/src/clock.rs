//! Time limits, whatever they are of: how they start, what stops and lengthens them, what
//! happens when they have passed (`ladder`), what is ahead, what calendars and rules move
//! (`recount`), and which a case has been under (`terms`). It knows calendars and rules, and
//! no kind of case.

pub mod ahead;
pub mod ladder;
pub mod pause;
pub mod recount;
pub mod terms;
pub mod watch;

pub use ladder::{Colour, Level, Rung, Told};
pub use pause::{Objection, Pause, PauseKind};
pub use watch::{Running, Watch};

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::codes::codes;
use crate::rulebook::Rules;
use crate::text::Reason;
use crate::time::deadline::{deadline, past, yellow};
use crate::time::receipt::receipt;
use crate::time::{Calendar, Due, Instant, Limit, Receipt, Span};

/// How a time limit started. The deadline is derived, never stored as a fact, so
/// that a calendar published later moves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    pub name: ClockName,
    /// When what starts the clock happened.
    pub received: Instant,
    pub limit: Limit,
    /// The version of the rules that gave the limit and the threshold.
    pub rules: u32,
    /// Percent of the limit after which the light is yellow.
    pub yellow_percent: u16,
}

/// A clock with what has happened to it: all that its deadline is derived from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub clock: Clock,
    /// Working days granted, one entry for each extension (延期).
    pub extensions: Vec<u16>,
    /// An extension that awaits its decision.
    pub asked: Option<Asked>,
    /// Ascending and apart; only the last one can be open.
    pub pauses: Vec<Pause>,
    /// Other times in which the clock stood still: while the order was joined to another
    /// (并案), or while a task was looked at.
    pub joined: Vec<Span>,
}

/// An extension that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Working days.
    pub days: u16,
    pub reason: Reason,
}

/// Which limit a clock measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum ClockName {
    Triage,
    Take,
    /// The centre's time to rule on a return.
    Ruling,
    Resolve,
    Rework,
    /// A co-handler's time for its part.
    CoHandle,
    /// A body's time for what it was given to do.
    Task,
    /// The centre's time to call the enterprise back.
    Callback,
    /// The enterprise's time to rate; nobody is late when it ends.
    Rating,
}

codes!(ClockName);

/// The state of the clock that runs, for people who scan a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[derive(EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Light {
    None,
    Green,
    Yellow,
    Red,
}

codes!(Light);

impl Clock {
    pub fn start(name: ClockName, received: Instant, limit: Limit, rules: &Rules) -> Self {
        Self {
            name,
            received,
            limit,
            rules: rules.version,
            yellow_percent: rules.yellow_percent,
        }
    }

    /// The deadline as it stood when the clock started.
    pub fn due(&self, calendar: &Calendar) -> Due {
        deadline(calendar, self.received, self.limit, &[])
    }
}

impl From<Clock> for Term {
    fn from(clock: Clock) -> Self {
        Self {
            clock,
            extensions: Vec::new(),
            asked: None,
            pauses: Vec::new(),
            joined: Vec::new(),
        }
    }
}

impl Term {
    pub fn limit(&self) -> Limit {
        self.clock.limit.extended(self.extensions.iter().sum())
    }

    /// An open pause counts until its cap: the deadline as it will be at the latest.
    pub fn due(&self, calendar: &Calendar) -> Due {
        deadline(calendar, self.clock.received, self.limit(), &self.spans())
    }

    /// When the ladder's level of `days` working days past the deadline fires; the days on
    /// which the clock stood still do not count there either.
    pub fn past(&self, calendar: &Calendar, days: u16) -> Instant {
        past(calendar, self.due(calendar).at, days, &self.spans())
    }

    pub fn yellow(&self, calendar: &Calendar) -> Instant {
        let Clock {
            received,
            yellow_percent,
            ..
        } = self.clock;
        let spans = self.spans();
        yellow(calendar, received, self.limit(), yellow_percent, &spans)
    }

    /// How the deadline came about, day by day.
    pub fn receipt(&self, calendar: &Calendar) -> Receipt {
        receipt(calendar, self.clock.received, self.limit(), &self.spans())
    }

    /// As it stood when it ended: a pause that went on then is over for it.
    #[must_use]
    pub(crate) fn ended(mut self, at: Instant) -> Self {
        for pause in self.pauses.iter_mut().filter(|pause| pause.ended.is_none()) {
            pause.ended = Some(at);
        }
        self
    }

    pub(crate) fn spans(&self) -> Vec<Span> {
        let pauses = self.pauses.iter().map(Pause::span);
        let mut spans: Vec<Span> = pauses.chain(self.joined.iter().copied()).collect();
        spans.sort_by_key(|span| span.from);
        // A deadline counts what stands still once: what touches becomes one.
        spans.dedup_by(|next, before| {
            let touches = next.from <= before.until;
            if touches {
                before.until = before.until.max(next.until);
            }
            touches
        });
        spans
    }
}

impl ClockName {
    /// Whether a body of the administration is late when the clock has ended.
    pub fn binds_a_body(self) -> bool {
        match self {
            Self::Triage
            | Self::Take
            | Self::Ruling
            | Self::Resolve
            | Self::Rework
            | Self::CoHandle
            | Self::Task
            | Self::Callback => true,
            Self::Rating => false,
        }
    }

    /// Whether it is the administration's own, and no enterprise learns of it.
    pub fn is_internal(self) -> bool {
        self == Self::Task
    }

    /// Whether the levels of the ladder follow its deadline. A callback that is late is
    /// seen by the centre and the supervision office, and gives no card: the order itself
    /// is replied to.
    pub fn climbs(self) -> bool {
        self.binds_a_body() && self != Self::Callback
    }
}
