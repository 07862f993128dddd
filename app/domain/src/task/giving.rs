//! 督办, 交办: an office gives a body a task, with a day to answer.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::course::Source;
use super::duty::{Duty, DutyDraft};
use super::event::{Happening, TaskEvent, nothing, offices, to_owners};
use super::number::TaskNumber;
use crate::actor::Actor;
use crate::attachment::Attachment;
use crate::case::When;
use crate::case::step::hang;
use crate::clock::Clock;
use crate::form::{Kind, Takes, Typed};
use crate::refusal::{Fault, Faults, Field, FieldFault, Refusal};
use crate::rights::Action;
use crate::rulebook::Rulebook;
use crate::text::Line;
use crate::time::Instant;

/// What is given, and by what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Giving {
    pub title: Line<80>,
    pub source: Source,
    pub duty: Duty,
    pub basis: Option<Line<300>>,
}

/// As a form has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GivingDraft {
    pub title: String,
    pub duty: DutyDraft,
    pub basis: String,
}

/// What a task is given with.
pub const TAKES: [Takes; 7] = [
    Takes::needed(Field::Title, Kind::Line(80)),
    Takes::needed(Field::TaskText, Kind::Prose(1000)),
    Takes::needed(Field::Owner, Kind::Body),
    Takes::optional(Field::CoOwners, Kind::Bodies),
    Takes::needed(Field::Deadline, Kind::Term),
    Takes::needed(Field::Proof, Kind::Line(200)),
    Takes::optional(Field::Basis, Kind::Line(300)),
];

impl GivingDraft {
    pub fn read(typed: &Typed) -> Self {
        Self {
            title: typed.get(Field::Title).to_owned(),
            duty: DutyDraft::read(typed),
            basis: typed.get(Field::Basis).to_owned(),
        }
    }

    /// Names every fault at once.
    pub fn parse(&self, source: Source, now: Instant, book: &Rulebook) -> Result<Giving, Refusal> {
        let mut faults = Faults::default();
        let title = faults.keep(Line::parse(Field::Title, &self.title));
        let duty = self.duty.keep(&mut faults, now, book);
        let basis = faults.keep(Line::parse_optional(Field::Basis, &self.basis));
        match (title, duty, basis) {
            (Some(title), Some(duty), Some(basis)) if faults.is_empty() => Ok(Giving {
                title,
                source,
                duty,
                basis,
            }),
            _ => Err(faults.refusal()),
        }
    }
}

/// A task is given: the first event of its history.
pub fn give(
    number: TaskNumber,
    actor: &Actor,
    now: Instant,
    giving: Giving,
    attachments: Vec<Attachment>,
    book: &Rulebook,
) -> Result<TaskEvent, Refusal> {
    actor.may(Action::GiveTasks)?;
    let has_gone = |body| book.directory.has_gone(body);
    let gone = match (has_gone(&giving.duty.owner), &giving.duty.co_owners) {
        (true, _) => Some(Field::Owner),
        (false, others) => others.iter().any(has_gone).then_some(Field::CoOwners),
    };
    if let Some(field) = gone {
        let fault = Fault::Unknown;
        return Err(FieldFault { field, fault }.into());
    }
    let clock = giving.duty.clock(now, book);
    let what = Given {
        number,
        giving,
        clock,
    };
    let mut given = [TaskEvent::after(
        0,
        actor,
        When::now(now),
        what.into(),
        book,
    )];
    hang(&mut given, attachments, false)?;
    let [given] = given;
    Ok(given)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    pub number: TaskNumber,
    #[serde(flatten)]
    pub giving: Giving,
    pub clock: Clock,
}

pub(super) static GIVEN: Happening<Given> = Happening {
    sight: offices,
    files: true,
    is_talk: false,
    // It begins a history, and can come nowhere else.
    stage: |_, _, _, _| None,
    apply: nothing,
    told: to_owners,
    json: |it, telling| {
        let mut told = it.giving.duty.json();
        told["title"] = json!(it.giving.title);
        told["basis"] = json!(it.giving.basis);
        told["due_at"] = json!(telling.due(&it.clock));
        told
    },
};
