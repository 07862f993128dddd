//! What cases of every kind have: a history of events, each by somebody at some time; steps
//! people take on them (`step`), through one door (`door`); what each event says of itself
//! (`happening`) and what all of them make of a case (`history`); who is told (`told`). The
//! kernel knows no kind; a kind says what can happen to it.

pub mod door;
pub mod happening;
pub mod history;
pub mod number;
pub mod step;
pub mod told;

pub use door::Door;
pub use happening::{Happens, Sight, Telling};
pub use history::History;
pub use step::{Attempt, Form, Late, Reading};

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, BodyCode, RoleName, UserId};
use crate::attachment::Attachment;
use crate::contact::masked_name;
use crate::refusal::{Fault, Field, FieldFault, Refusal};
use crate::rulebook::Rulebook;
use crate::time::{Instant, instant, local};

/// A kind of case, as its history tells it.
pub trait Case: Sized + Send + Sync + 'static {
    /// What can happen to it.
    type What: Happens;
    /// Where it can stand.
    type Stage;
    /// What somebody asks to be done with it, read from a form or a program.
    type Wish: Send;
    /// What readers are shown of one.
    type Shown;
}

/// Something that happened to a case: timeline, audit and notice at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event<W> {
    /// 1 for the first event of the case; the last one's is the case's version.
    pub seq: u32,
    pub happened_at: Instant,
    /// Later than `happened_at` where a step was entered afterwards (补录).
    pub entered_at: Instant,
    /// The version of the calendar at that time: a clock that ended with this event
    /// is explained by it ever after.
    pub calendar: u32,
    pub by: By,
    pub what: W,
    /// Files that hang on it: seen by whoever sees it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
}

impl<W> Event<W> {
    /// What `actor` did to a case of this version.
    pub(crate) fn after(version: u32, actor: &Actor, when: When, what: W, book: &Rulebook) -> Self {
        Self {
            seq: version + 1,
            happened_at: when.happened,
            entered_at: when.entered,
            calendar: book.calendar.version(),
            by: actor.into(),
            what,
            attachments: Vec::new(),
        }
    }
}

/// Who did it, in what role, as they were called then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub user: Option<UserId>,
    pub name: String,
    pub role: RoleName,
    pub body: Option<BodyCode>,
}

impl By {
    /// Who did something, as `reader` may see them: enterprises see the office that acted, not
    /// which of its people; offices see an enterprise's people in full where they know its
    /// contacts. `None` for the program.
    pub fn name_for(&self, reader: &Actor, knows_contacts: bool) -> Option<String> {
        let by_enterprise = self.role == RoleName::Enterprise;
        let reader_is_outside = reader.role.enterprise().is_some();
        if self.name.is_empty() || (reader_is_outside && !by_enterprise) {
            None
        } else if by_enterprise && !knows_contacts {
            Some(masked_name(&self.name))
        } else {
            Some(self.name.clone())
        }
    }
}

impl From<&Actor> for By {
    fn from(actor: &Actor) -> Self {
        Self {
            user: actor.user,
            name: actor.name.clone(),
            role: actor.role.name(),
            body: actor.role.body().cloned(),
        }
    }
}

/// When a step happened, and when it was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    pub happened: Instant,
    pub entered: Instant,
}

impl When {
    /// Entered as it happens.
    pub fn now(now: Instant) -> Self {
        Self {
            happened: now,
            entered: now,
        }
    }

    pub fn entered_late(happened: Option<Instant>, now: Instant) -> Self {
        Self {
            happened: happened.unwrap_or(now),
            entered: now,
        }
    }

    /// The times that the history gets: not in the future, not before what the step `follows`,
    /// not longer ago than the rules allow. What is entered as it happens never goes back
    /// behind the `last` step, even if the system's clock does.
    pub(crate) fn checked(
        self,
        actor: &Actor,
        late: Late,
        last: Instant,
        follows: Instant,
        book: &Rulebook,
    ) -> Result<Self, Refusal> {
        let Self { happened, entered } = self;
        if happened == entered {
            return Ok(Self::now(entered.max(last)));
        }
        if actor.role.enterprise().is_some() {
            // An enterprise acts here itself: there is nothing that it did on paper.
            return Err(not_then(Fault::OfficesOnly));
        }
        if late == Late::Never {
            return Err(not_then(Fault::NotLate));
        }
        if happened > entered {
            return Err(not_then(Fault::InTheFuture));
        }
        if happened < follows {
            return Err(not_then(Fault::BeforeTheLast { last: follows }));
        }
        self.within_bounds(book)?;
        Ok(self)
    }

    pub(crate) fn within_bounds(self, book: &Rulebook) -> Result<(), Refusal> {
        self.is_within_bounds(book).map_err(not_then)
    }

    /// Not in the future, and not longer ago than the rules allow.
    pub(crate) fn is_within_bounds(self, book: &Rulebook) -> Result<(), Fault> {
        let Self { happened, entered } = self;
        if happened > entered {
            return Err(Fault::InTheFuture);
        }
        let days = book.rules_at(entered).back_entry;
        let today = local(entered).date();
        let earliest = book.calendar.nth_before(today, days.into());
        if happened < instant(earliest, NaiveTime::MIN) {
            return Err(Fault::TooFarBack { days });
        }
        Ok(())
    }
}

/// What is wrong with the time at which a step is said to have happened.
pub(crate) fn not_then(fault: Fault) -> Refusal {
    let field = Field::HappenedAt;
    FieldFault { field, fault }.into()
}
