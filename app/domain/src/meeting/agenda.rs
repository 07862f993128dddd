//! 议程: matters are put on, taken off, moved up, until they are decided.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::event::{Happening, Sight, stays};
use super::history::Meeting;
use super::plan::parse_minutes;
use super::step::{Attempt, MeetingStep, Taken, fault};
use super::wish::{Form, MATTER, MeetingWish, matter, step};
use crate::case::Late;
use crate::case::step::{always, never};
use crate::case::told::nobody;
use crate::form::{Kind, Takes};
use crate::order::Number;
use crate::refusal::{Fault, Faults, Field, Refusal};
use crate::text::Reason;

/// A matter on the agenda: one matter, one deliberation (一事一议).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The order whose matter it is.
    pub matter: Number,
    /// How long it is to take.
    pub minutes: u16,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Open,
    /// The decisions, by the events of the order that hold them.
    Decided {
        decisions: Vec<u32>,
    },
    /// 缓议.
    Deferred {
        reason: Reason,
    },
}

impl Outcome {
    /// The events of the order that hold the decisions.
    pub fn decisions(&self) -> &[u32] {
        match self {
            Self::Decided { decisions } => decisions,
            Self::Open | Self::Deferred { .. } => &[],
        }
    }
}

impl Meeting {
    pub fn item(&self, matter: Number) -> Option<&Item> {
        self.agenda.iter().find(|item| item.matter == matter)
    }

    pub(super) fn item_mut(&mut self, matter: Number) -> Option<&mut Item> {
        self.agenda.iter_mut().find(|item| item.matter == matter)
    }

    /// Whether it was put off for just that reason.
    pub fn is_deferred(&self, matter: Number, because: &Reason) -> bool {
        let item = self.item(matter);
        item.is_some_and(
            |item| matches!(&item.outcome, Outcome::Deferred { reason } if reason == because),
        )
    }

    /// The matter that is deliberated now: the first that is open.
    pub fn present_item(&self) -> Option<&Item> {
        let mut items = self.agenda.iter();
        items.find(|item| item.outcome == Outcome::Open)
    }

    /// Minutes that the agenda takes in all.
    pub fn planned_minutes(&self) -> u32 {
        self.agenda.iter().map(|item| u32::from(item.minutes)).sum()
    }
}

pub(super) fn put_on(at: &Attempt<'_>, matter: Number, minutes: u16, stands: bool) -> Taken {
    if at.case.item(matter).is_some() {
        return Err(fault(Field::Other, Fault::OnTheAgenda));
    }
    if !stands {
        return Err(fault(Field::Other, Fault::NotAMatter));
    }
    Ok(vec![PutOn { matter, minutes }.into()])
}

pub(super) fn take_off(at: &Attempt<'_>, matter: Number) -> Taken {
    undecided(at.case, matter)?;
    Ok(vec![TakenOff { matter }.into()])
}

pub(super) fn move_up(at: &Attempt<'_>, matter: Number) -> Taken {
    undecided(at.case, matter)?;
    let first = at.case.agenda.first();
    if first.is_some_and(|item| item.matter == matter) {
        return Ok(Vec::new());
    }
    Ok(vec![MovedUp { matter }.into()])
}

pub(super) fn on_it(meeting: &Meeting, matter: Number) -> Result<&Item, Refusal> {
    let item = meeting.item(matter);
    item.ok_or_else(|| fault(Field::Other, Fault::Unknown))
}

pub(super) fn undecided(meeting: &Meeting, matter: Number) -> Result<(), Refusal> {
    match on_it(meeting, matter)?.outcome {
        Outcome::Decided { .. } => Err(Refusal::MatterDecided),
        Outcome::Open | Outcome::Deferred { .. } => Ok(()),
    }
}

pub(super) static PUT_ON: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[MATTER, Takes::needed(Field::Minutes, Kind::Whole)],
    can: always,
    due: never,
    read: |typed, _| {
        let mut faults = Faults::default();
        let matter = faults.keep(matter(typed));
        let minutes = faults.keep(parse_minutes(Field::Minutes, typed.get(Field::Minutes)));
        match (matter, minutes) {
            (Some(matter), Some(minutes)) => Ok(MeetingWish::PutOn { matter, minutes }),
            (None, _) | (_, None) => Err(faults.refusal()),
        }
    },
};

pub(super) static TAKE_OFF: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[MATTER],
    can: always,
    due: never,
    read: |typed, _| {
        let matter = matter(typed)?;
        step(MeetingStep::TakeOff { matter })
    },
};

pub(super) static MOVE_UP: Form = Form {
    files: false,
    late: Late::Never,
    is_said: false,
    fields: &[MATTER],
    can: always,
    due: never,
    read: |typed, _| {
        let matter = matter(typed)?;
        step(MeetingStep::MoveUp { matter })
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PutOn {
    pub matter: Number,
    pub minutes: u16,
}

pub(super) static ON: Happening<PutOn> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, _| {
        meeting.agenda.push(Item {
            matter: it.matter,
            minutes: it.minutes,
            outcome: Outcome::Open,
        });
    },
    told: nobody,
    json: |it, _| json!({"matter": it.matter.to_string(), "minutes": it.minutes}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOff {
    pub matter: Number,
}

pub(super) static OFF: Happening<TakenOff> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, _| meeting.agenda.retain(|item| item.matter != it.matter),
    told: nobody,
    json: |it, _| json!({"matter": it.matter.to_string()}),
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedUp {
    pub matter: Number,
}

pub(super) static UP: Happening<MovedUp> = Happening {
    sight: |_| Sight::Offices,
    files: false,
    is_talk: false,
    stage: stays,
    apply: |it, meeting, _| {
        let mut items = meeting.agenda.iter();
        if let Some(position @ 1..) = items.position(|item| item.matter == it.matter) {
            meeting.agenda.swap(position, position - 1);
        }
    },
    told: nobody,
    json: |it, _| json!({"matter": it.matter.to_string()}),
};
